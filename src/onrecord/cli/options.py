"""Options that several commands share, as decorators."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from onrecord.errors import UsageError
from onrecord.objects import is_object_address

Command = TypeVar("Command", bound=Callable[..., Any])
TABLE_FORMATS = ("table", "jsonl", "csv", "tsv")
OFFLINE = "onrecord.offline"
_addresses: dict[str, str] = {}  # of the records this command was given, by copy
MOST_ROWS = 2**31 - 1  # more than any record has, and a number that SQL takes
WRITING = ("run",)  # commands that make a record where there is none


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


class _RecordPath(click.ParamType[Path]):
    """A record's folder; an address of object storage gives that of its copy here."""

    name = "record"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Path:
        if isinstance(value, Path) or not is_object_address(value):
            return Path(value)
        from onrecord.store.remote import local_record

        writes = ctx is not None and ctx.info_name in WRITING
        offline = ctx is not None and bool(ctx.meta.get(OFFLINE))
        if offline and writes:
            raise UsageError(
                f"{value}: a record is not written offline; leave out --offline"
            )
        folder = local_record(value, offline=offline, must_exist=not writes)
        _addresses[str(folder)] = value.rstrip("/")
        return folder


def named_by_address(text: str) -> str:
    """Return a message with the addresses of records in place of their copies."""
    for folder, address in _addresses.items():
        text = text.replace(folder, address)
    return text


def record_argument(command: Command) -> Command:
    """Add the RECORD argument, a folder or an address, and `--offline`."""
    argued = click.argument("record", type=_RecordPath())(command)
    return click.option(
        "--offline",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_set_offline,
        envvar="ONRECORD_OFFLINE",
        help="Read the copy of a record on object storage as it is here.",
    )(argued)


def _set_offline(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    ctx.meta[OFFLINE] = asked


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


def fit_rows(_: click.Context, __: click.Parameter, value: int | None) -> int | None:
    """Return how many rows are asked for: beyond all there can be, all."""
    return None if value is None else min(value, MOST_ROWS)


def limit_option(command: Command) -> Command:
    """Add `--limit`."""
    return click.option(
        "--limit",
        type=click.IntRange(min=1),
        callback=fit_rows,
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
