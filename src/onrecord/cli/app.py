"""The group of commands, and how what goes wrong becomes an exit code."""

import contextlib
import importlib
import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from onrecord.cli.options import Debug, debug_option, example, named_by_address
from onrecord.cli.output import set_utf8
from onrecord.errors import InputError, OnRecordError, UsageError
from onrecord.show.visible import visible

DONE, FAILED, MISUSED, INTERRUPTED = 0, 1, 2, 130
COMMANDS = (
    "extract",
    "relate",
    "copies",
    "score",
    "run",
    "events",
    "statements",
    "quantities",
    "series",
    "positions",
    "runs",
    "rejected",
    "brief",
    "stories",
    "claims",
    "explain",
    "diff",
    "export",
    "query",
    "review",
    "verify",
    "serve",
    "site",
    "doctor",
    "demo",
)


class LazyGroup(click.Group):
    """A group that imports a command's file when the command is named."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command, or None."""
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(f"onrecord.cli.{cmd_name}").command
        if not isinstance(command, click.Command):
            raise TypeError(f"onrecord.cli.{cmd_name}.command is not a command")
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; click would leave with 1 when its reader has enough."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError as err:
            raise ReaderLeft from err
        return result


class ReaderLeft(Exception):
    """Say that whoever read standard output (`| head`) has closed it."""


def _print_version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        from onrecord import __version__

        click.echo(f"onrecord {__version__}")
        ctx.exit()


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=example("onrecord demo"),
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Print the version and leave.",
)
@debug_option
def group() -> None:
    """Political event data that can be audited.

    News reports go in; out comes who did, said, demanded or denied what to whom,
    when, where, with what numbers, on whose word, and how certain. Every cell points
    at the words it rests on.
    """


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its code."""
    debug = Debug()
    set_utf8(sys.stdout)
    try:
        code = run_command(sys.argv[1:] if args is None else list(args), debug)
    except OnRecordError as err:
        if debug.on:
            raise
        code = _say(err)
    except ReaderLeft:
        code = _leave_quietly()
    except KeyboardInterrupt:
        click.echo("onrecord: interrupted; run again to go on", err=True)
        code = INTERRUPTED
    except OSError as err:
        if debug.on:
            raise
        code = _say(err)
    sys.exit(code)


def run_command(args: list[str], debug: Debug) -> int:
    """Run one command; return its exit code, with click's own errors printed."""
    try:
        result: Any = group.main(
            args, prog_name="onrecord", standalone_mode=False, obj=debug
        )
    except click.ClickException as err:
        err.show()
        return err.exit_code
    except click.Abort as err:
        raise KeyboardInterrupt from err
    return result if isinstance(result, int) else DONE


def _say(err: OnRecordError | OSError) -> int:
    """Print what went wrong, safe for a terminal; return the exit code."""
    said = _why(err) if isinstance(err, OSError) else str(err)
    for line in said.splitlines() or [type(err).__name__]:
        click.echo(f"onrecord: {visible(named_by_address(line))}", err=True)
    return MISUSED if isinstance(err, UsageError | InputError) else FAILED


def _why(err: OSError) -> str:
    """Return what the system refused, where, and what to look at."""
    if err.filename is None or err.strerror is None:
        return str(err)
    return f"{err.filename}: {err.strerror}; see to the path and its permissions"


def _leave_quietly() -> int:
    """Point standard output nowhere: at the end the interpreter flushes it again."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return DONE
