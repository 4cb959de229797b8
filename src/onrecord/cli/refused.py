"""What is said of reports that could not be taken."""

import click

from onrecord.model.document import Rejected
from onrecord.show.visible import one_line

SOME_REJECTED = 3  # exit code with --strict


def say_rejected(rejected: Rejected) -> None:
    """Print one line on standard error: where the report stands and why."""
    place = ", ".join(p for p in (rejected.file, rejected.position) if p) or "?"
    click.echo(one_line(f"rejected: {place}: {rejected.reason}"), err=True)
