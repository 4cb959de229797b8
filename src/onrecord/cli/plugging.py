"""Rules and readers of other packages, named on the command line."""

import functools
from typing import TYPE_CHECKING, Any, cast

import click
import msgspec

from onrecord.cli.options import Command
from onrecord.errors import PluginError
from onrecord.model.run import Versions
from onrecord.plugins import Group, find_plugin, load_plugin

if TYPE_CHECKING:
    from onrecord.code.plugged import NamedRule
    from onrecord.understand.reader import Reader


class Parts(msgspec.Struct, frozen=True):
    """The names of plug-ins that code reports, in a form that reaches any process."""

    rules: tuple[str, ...] = ()
    reader: str | None = None


NO_PARTS = Parts()
_OPTIONS = (
    click.option(
        "--reader",
        metavar="NAME",
        help="Parser of an installed plug-in, for syntax and names in place of ours.",
    ),
    click.option(
        "--rule",
        "rules",
        multiple=True,
        metavar="NAME",
        help="Rule of an installed plug-in that finds more events; may be repeated.",
    ),
)


def plugin_options(command: Command) -> Command:
    """Add `--rule` and `--reader`, as one `parts`."""

    @functools.wraps(command)
    def with_parts(
        *args: Any, rules: tuple[str, ...], reader: str | None, **rest: Any
    ) -> Any:
        return command(*args, parts=make_parts(rules, reader), **rest)

    decorated: Any = with_parts
    for option in _OPTIONS:
        decorated = option(decorated)
    return cast(Command, decorated)


def make_parts(rules: tuple[str, ...], reader: str | None) -> Parts:
    """Return the named plug-ins; raise `UsageError` where one is not installed."""
    named = tuple(dict.fromkeys(rules))
    for name in named:
        find_plugin(Group.RULES, name)
    if reader is not None:
        find_plugin(Group.MODELS, reader)
    return Parts(named, reader)


def versions_with(versions: Versions, parts: Parts) -> Versions:
    """Return versions that name the plug-ins too."""
    rules = [find_plugin(Group.RULES, name).label for name in sorted(parts.rules)]
    lexicon = " + ".join((versions.lexicon, *rules))
    model = versions.model
    if parts.reader is not None:
        label = find_plugin(Group.MODELS, parts.reader).label
        model = f"{label} + {model}"  # ours still proposes the events
    return msgspec.structs.replace(versions, lexicon=lexicon, model=model)


def open_rules(parts: Parts) -> "tuple[NamedRule, ...]":
    """Import the rules."""
    from onrecord.code.plugged import NamedRule

    plugins = [find_plugin(Group.RULES, name) for name in parts.rules]
    return tuple(NamedRule(plugin, load_plugin(plugin)) for plugin in plugins)


def open_parser(parts: Parts, own: "Reader") -> "Reader":
    """Return the reader that is named, with what ours proposes; else ours."""
    if parts.reader is None:
        return own
    from onrecord.understand.reader.plugged import PluggedReader

    plugin = find_plugin(Group.MODELS, parts.reader)
    make = load_plugin(plugin)
    try:
        theirs = make()
    except Exception as err:
        raise PluginError(
            f"the plug-in {plugin.label} cannot open its model"
            f" ({type(err).__name__}: {err}); see what it needs"
        ) from err
    return PluggedReader(plugin, theirs, own)
