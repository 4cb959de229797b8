"""`onrecord run`: the main job."""

from pathlib import Path

import click

from onrecord.cli.options import (
    actors_option,
    debug_option,
    example,
    input_limits_option,
    inputs_argument,
    record_argument,
)
from onrecord.cli.progress import show_progress
from onrecord.cli.refused import SOME_REJECTED
from onrecord.show.account import account_line


@click.command(
    "run",
    epilog=example(
        "onrecord run rec reports.jsonl",
        "onrecord run rec folder-of-reports --workers 2",
    ),
)
@record_argument
@inputs_argument
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    help="Processes that code reports at the same time.  [default: 1; on Ray, one for"
    " each core]",
)
@click.option(
    "--engine",
    type=click.Choice(("local", "ray")),
    default="local",
    show_default=True,
    help="Where they run: on this machine, or on the machines of a Ray cluster.",
)
@click.option(
    "--ray-address",
    metavar="HOST:PORT",
    help="Ray cluster to join; else that of RAY_ADDRESS, else one of this machine.",
)
@click.option("--strict", is_flag=True, help="Leave with 3 if a report was rejected.")
@click.option("--quiet", is_flag=True, help="Show no progress.")
@input_limits_option
@actors_option
@debug_option
def command(
    record: Path,
    inputs: tuple[str, ...],
    workers: int | None,
    engine: str,
    ray_address: str | None,
    strict: bool,
    quiet: bool,
    limits: tuple[str, ...],
    actors_file: Path | None,
) -> int:
    """Read reports, code them, collapse copies and store all in RECORD.

    RECORD is a folder; it is made if it is not there. INPUT is a file, a folder, or -
    for standard input. What the record already holds is not done again, and a run that
    was interrupted goes on when the same command is given again.
    """
    from onrecord.cli.coding import run_inputs

    with show_progress(quiet=quiet) as progress:
        tally = run_inputs(
            record,
            inputs,
            workers=workers,
            engine=engine,
            ray_address=ray_address,
            limits=limits,
            actors_file=actors_file,
            progress=progress,
        ).tally
    click.echo(account_line(tally))
    if tally.rejected:
        click.echo(f"see them with: onrecord rejected {record}", err=True)
    return SOME_REJECTED if strict and tally.rejected else 0
