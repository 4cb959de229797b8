"""`onrecord run`: the main job."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.fetching import web_options
from onrecord.cli.llm import llm_options
from onrecord.cli.options import (
    actors_option,
    debug_option,
    example,
    input_limits_option,
    named_by_address,
    record_argument,
)
from onrecord.cli.plugging import NO_PARTS, Parts, plugin_options
from onrecord.cli.progress import show_progress
from onrecord.cli.refused import SOME_REJECTED
from onrecord.cli.report_limits import make_limits, report_limits_options
from onrecord.errors import UsageError
from onrecord.show.account import account_line
from onrecord.store.head import CODERS_FOLDER

if TYPE_CHECKING:
    from onrecord.cli.llm import MakeSettings
    from onrecord.model.run import Run
    from onrecord.read.fetch_policy import FetchPolicy


@click.command(
    "run",
    epilog=example(
        "onrecord run rec reports.jsonl",
        "onrecord run rec folder-of-reports --workers 2",
        "onrecord run rec --recode",
    ),
)
@record_argument
@click.argument("inputs", metavar="[INPUT...]", nargs=-1)
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
@report_limits_options
@click.option(
    "--recode",
    is_flag=True,
    help="Code anew what another program, lexicon or model coded; without INPUT only"
    " that. Texts and stories stay as they are.",
)
@click.option("--strict", is_flag=True, help="Leave with 3 if a report was rejected.")
@click.option("--quiet", is_flag=True, help="Show no progress.")
@click.option(
    "--watch", is_flag=True, help="Go on: take what comes, until Ctrl-C or SIGTERM."
)
@click.option(
    "--every",
    type=click.FloatRange(min=0.1),
    metavar="SECONDS",
    help="With --watch, how often addresses are asked; folders are looked at every 2"
    " seconds, or as often.  [default: 900]",
)
@input_limits_option
@web_options
@llm_options
@actors_option
@plugin_options
@debug_option
def command(
    record: Path,
    inputs: tuple[str, ...],
    workers: int | None,
    engine: str,
    ray_address: str | None,
    report_seconds: float,
    worker_memory: int | None,
    recode: bool,
    strict: bool,
    quiet: bool,
    watch: bool,
    every: float | None,
    limits: tuple[str, ...],
    policy: "FetchPolicy",
    actors_file: Path | None,
    parts: Parts,
    coder_name: str,
    llm: "MakeSettings | None",
) -> int:
    """Read reports, code them, collapse copies and store all in RECORD.

    RECORD is a folder; it is made if it is not there. INPUT is a file, a folder, the
    http(s) address of a feed or page, or - for standard input. Both may be addresses on
    object storage (s3://bucket/prefix). What the record already holds is not done
    again, and a run that was interrupted goes on when the same command is given again.
    """
    if llm is not None:
        if parts != NO_PARTS:
            raise UsageError("--rule and --reader are not for --coder llm")
        if watch or engine != "local" or worker_memory is not None:
            raise UsageError(
                "--watch, --engine ray and --worker-memory are not for --coder llm"
            )
        from onrecord.cli.llm_run import run_llm

        with show_progress(quiet=quiet) as progress:
            run = run_llm(
                record,
                inputs,
                llm(workers=workers, proxy=policy.proxy),
                name=coder_name,
                limits=limits,
                policy=policy,
                actors_file=actors_file,
                recode=recode,
                progress=progress,
            )
        return _account(record / CODERS_FOLDER / coder_name, run, strict=strict)
    if record.parent.name == CODERS_FOLDER:
        raise UsageError(
            f"{record}: holds what another coder found; name the record it lies in, or"
            " that coder"
        )
    if every is not None and not watch:
        raise UsageError("--every is for --watch; add that, or leave it out")
    if strict and watch:
        raise UsageError("--strict is for a run that ends; leave out it or --watch")
    if parts.reader is not None:
        if watch:
            raise UsageError("--reader is for a run that ends; leave out it or --watch")
        from onrecord.cli.beside import run_beside

        with show_progress(quiet=quiet) as progress:
            folder, run = run_beside(
                record,
                inputs,
                parts=parts,
                workers=workers,
                engine=engine,
                ray_address=ray_address,
                report_limits=make_limits(report_seconds, worker_memory),
                limits=limits,
                policy=policy,
                actors_file=actors_file,
                recode=recode,
                progress=progress,
            )
        return _account(folder, run, strict=strict)
    if not inputs and not recode:
        raise UsageError("name an INPUT to read, or give --recode")
    if recode and watch:
        raise UsageError("--recode is for a run that ends; leave out it or --watch")
    if watch:
        from onrecord.cli.watching import watch_inputs

        return watch_inputs(
            record,
            inputs,
            every=every,
            workers=workers,
            engine=engine,
            ray_address=ray_address,
            report_limits=make_limits(report_seconds, worker_memory),
            limits=limits,
            policy=policy,
            actors_file=actors_file,
            parts=parts,
            quiet=quiet,
        )
    from onrecord.cli.coding import make_coder, run_inputs

    with show_progress(quiet=quiet) as progress:
        run = run_inputs(
            record,
            inputs,
            workers=workers,
            engine=engine,
            ray_address=ray_address,
            report_limits=make_limits(report_seconds, worker_memory),
            limits=limits,
            policy=policy,
            coder=make_coder(actors_file, parts),
            recode=recode,
            progress=progress,
        )
    return _account(record, run, strict=strict)


def _account(record: Path, run: "Run", *, strict: bool) -> int:
    """Print the account of a run; return the exit code."""
    from onrecord.cli.coding import say_outdated

    tally = run.tally
    rejected = tally.rejected + tally.recoded_failed
    click.echo(account_line(tally))
    if rejected:
        told = f"see them with: onrecord rejected {record}"
        click.echo(named_by_address(told), err=True)
    if record.parent.name != CODERS_FOLDER:
        say_outdated(record, run)
    return SOME_REJECTED if strict and rejected else 0
