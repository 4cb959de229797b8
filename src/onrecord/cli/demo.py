"""`onrecord demo`: the main job on the reports that come with the program."""

import shlex
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from onrecord.cli.options import debug_option, example
from onrecord.cli.progress import show_progress
from onrecord.lexicon.files import DATA
from onrecord.show.account import account_line

REPORTS = DATA / "demo/reports.jsonl"


@click.command("demo", epilog=example("onrecord demo", "onrecord demo -o rec"))
@click.option(
    "-o",
    "--output",
    "record",
    type=click.Path(path_type=Path),
    metavar="RECORD",
    help="Keep the record in this folder.  [default: a new temporary one]",
)
@debug_option
def command(record: Path | None) -> None:
    """Run the main job on 58 short reports, then say what to look at.

    The reports are about the crisis around Ukraine in January 2022: documented facts
    in our own words, with copies, shortened and reworded re-runs among them.
    """
    from onrecord.cli.coding import run_inputs
    from onrecord.show.find import find_events
    from onrecord.show.telling import telling_events
    from onrecord.store.filters import Filters

    folder = record or Path(tempfile.mkdtemp(prefix="onrecord-demo-")) / "rec"
    with show_progress(quiet=False) as progress:
        run = run_inputs(folder, (str(REPORTS),), progress=progress)
    click.echo(f"The record is in {folder}\n\n{account_line(run.tally)}\n")
    chosen = telling_events(find_events(folder, Filters()))
    for kind, event in chosen:
        _print_event(kind, event)
    click.echo("Look further:\n")
    for line in _next_commands(folder, chosen[0][1] if chosen else None):
        click.echo(f"  {line}")


def _print_event(kind: str, event: Mapping[str, Any]) -> None:
    """Print what was found and the sentence with its marked words."""
    from onrecord.cli.render import print_marked, stdout_console
    from onrecord.show.explanation import explain_event
    from onrecord.show.glance import glance_summary
    from onrecord.show.visible import one_line

    click.echo(one_line(f"{kind[:1].upper()}{kind[1:]}: {glance_summary(event)}"))
    print_marked(explain_event(event).segments, stdout_console())
    click.echo()


def _next_commands(record: Path, event: Mapping[str, Any] | None) -> list[str]:
    folder = shlex.quote(str(record))
    explain = [f"onrecord explain {folder} {event['event_id']}"] if event else []
    return [
        *explain,
        f"onrecord events {folder} --factuality denied",
        f"onrecord statements {folder} --by Lavrov",
        f"onrecord events {folder} --country Ukraine --since 2022-01-26 --format csv",
        f'onrecord query {folder} "SELECT outlet, count(*) FROM reports GROUP BY ALL"',
        f"onrecord brief {folder} --since 2022-01-28",
        f"onrecord serve {folder} --open",
        f"onrecord verify {folder}",
    ]
