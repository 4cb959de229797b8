"""Parts that other packages add, found by their entry points.

    onrecord.readers     ENDING = function (stream) -> Iterator[Given]
    onrecord.rules       NAME   = function (adoc, kit) -> Iterable[Event]
    onrecord.exporters   FORMAT = function (rows, stream) -> None
    onrecord.models      NAME   = function () -> Reader

What changes how a report is coded, a rule or a model, works only where a command names
it, and stands in the run with its package and version. A reader is asked for files of
its ending, an exporter for its format. These four signatures are kept stable.
"""

import functools
from collections.abc import Callable
from enum import StrEnum
from importlib import metadata
from typing import Any

import msgspec

from onrecord.errors import PluginError, UsageError


class Group(StrEnum):
    """What a plug-in is."""

    READERS = "onrecord.readers"
    RULES = "onrecord.rules"
    EXPORTERS = "onrecord.exporters"
    MODELS = "onrecord.models"


class Plugin(msgspec.Struct, frozen=True, order=True):
    """One entry point; `target` is where its object is, as `package.module:name`."""

    group: Group
    name: str
    package: str
    version: str
    target: str

    @property
    def label(self) -> str:
        """Return the name with who made it, as runs and messages have it."""
        return f"{self.name} ({self.package} {self.version})"


@functools.cache
def list_plugins(group: Group) -> tuple[Plugin, ...]:
    """Return what is installed, by name; nothing is imported."""
    found = {
        Plugin(
            group=group,
            name=point.name,
            package=point.dist.name if point.dist else "?",
            version=point.dist.version if point.dist else "?",
            target=point.value,
        )
        for point in metadata.entry_points(group=group.value)
    }
    return tuple(sorted(found))


def find_plugin(group: Group, name: str) -> Plugin:
    """Return the plug-in of that name; raise `UsageError` where there is not one."""
    known = list_plugins(group)
    fitting = [plugin for plugin in known if plugin.name == name]
    what = group.value.rpartition(".")[2]
    if not fitting:
        names = ", ".join(plugin.name for plugin in known) or "none"
        raise UsageError(
            f"no plug-in {name!r} among {what}; installed: {names}. Install the"
            " package that has it into this environment"
        )
    if len(fitting) > 1:
        packages = " and ".join(plugin.package for plugin in fitting)
        raise UsageError(
            f"{packages} both have {name!r} among {what}; uninstall one of them"
        )
    return fitting[0]


def load_plugin(plugin: Plugin) -> Callable[..., Any]:
    """Import a plug-in and return its function; raise `PluginError` where it fails."""
    point = metadata.EntryPoint(plugin.name, plugin.target, plugin.group.value)
    try:
        loaded = point.load()
    except Exception as err:
        raise PluginError(
            f"the plug-in {plugin.label} cannot be imported"
            f" ({type(err).__name__}: {err}); install it anew, or uninstall it"
        ) from err
    if not callable(loaded):
        raise PluginError(
            f"the plug-in {plugin.label} is no function ({plugin.target}); tell those"
            f" who made {plugin.package}"
        )
    return loaded  # type: ignore[no-any-return]


def failed(plugin: Plugin, err: Exception) -> PluginError:
    """Return the error to raise when a plug-in raised one."""
    said = f"{type(err).__name__}: {err}" if str(err) else type(err).__name__
    return PluginError(f"the plug-in {plugin.label} failed: {said}")
