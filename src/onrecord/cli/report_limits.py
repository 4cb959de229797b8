"""Options that hold the coding of one report to a time and a size."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from onrecord.engine.limits import Limits

Command = TypeVar("Command", bound=Callable[..., Any])

MIB = 2**20


def report_limits_options(command: Command) -> Command:
    """Add `--report-seconds` and `--worker-memory`."""
    for option in (
        click.option(
            "--worker-memory",
            type=click.IntRange(min=256),
            metavar="MB",
            help="What a process that codes reports may take; a report that needs more"
            " is rejected.  [default: no limit]",
        ),
        click.option(
            "--report-seconds",
            type=click.FloatRange(min=0),
            default=120.0,
            show_default=True,
            metavar="SECONDS",
            help="How long coding one report may take before it is rejected; 0 is no"
            " limit.",
        ),
    ):
        command = option(command)
    return command


def make_limits(report_seconds: float, worker_memory: int | None) -> "Limits":
    """Return the limits that the options name, as the engine takes them."""
    from onrecord.engine.limits import Limits

    return Limits(
        seconds=report_seconds or None,
        memory=worker_memory * MIB if worker_memory is not None else None,
    )
