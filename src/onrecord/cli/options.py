"""Options that several commands share, as decorators."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])
TABLE_FORMATS = ("table", "jsonl", "csv", "tsv")


def example(*lines: str) -> str:
    """Return the epilog that shows commands to try, each on a line of its own."""
    return "\b\nExample:\n" + "\n".join(f"  {line}" for line in lines)


class Debug:
    """Whether a failure shows its traceback; filled while the options are read."""

    def __init__(self) -> None:
        self.on = False


def _set_debug(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and isinstance(ctx.obj, Debug):
        ctx.obj.on = True


def debug_option(command: Command) -> Command:
    """Add `--debug`."""
    return click.option(
        "--debug",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_set_debug,
        help="Show the traceback of a failure.",
    )(command)


def record_argument(command: Command) -> Command:
    """Add the RECORD argument: the folder of a record that exists."""
    return click.argument("record", type=click.Path(path_type=Path))(command)


def inputs_argument(command: Command) -> Command:
    """Add the INPUT arguments: files, folders, `-` or addresses; at least one."""
    return click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)(
        command
    )


def format_option(*formats: str) -> Callable[[Command], Command]:
    """Add `--format`; without it a terminal gets a table and a pipe gets JSON lines."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(formats or TABLE_FORMATS),
        help="table on a terminal, else jsonl.",
    )


def limit_option(command: Command) -> Command:
    """Add `--limit`."""
    return click.option(
        "--limit",
        type=click.IntRange(min=1),
        help="At most so many rows (a table shows 100 unless told).",
    )(command)


def input_limits_option(command: Command) -> Command:
    """Add `--limit NAME=VALUE`, the named limits of what is read."""
    return click.option(
        "--limit",
        "limits",
        metavar="NAME=VALUE",
        multiple=True,
        help="Read more, or less, than usual, for example page-bytes=50MB; may be"
        " repeated.",
    )(command)


def as_of_option(command: Command) -> Command:
    """Add `--as-of`, the number or id of an older run."""
    return click.option(
        "--as-of", metavar="RUN", help="Read the record as that run left it."
    )(command)


def actors_option(command: Command) -> Command:
    """Add `--actors`, a user's own actors beside the shipped ones."""
    return click.option(
        "--actors",
        "actors_file",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="A file of your own actors, in the form of the shipped ones.",
    )(command)


def output_option(command: Command) -> Command:
    """Add `-o`."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Write to FILE instead of standard output.",
    )(command)
