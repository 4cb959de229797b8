"""Formats that other packages add."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TextIO

from onrecord.errors import OnRecordError
from onrecord.plugins import Group, Plugin, failed, find_plugin, load_plugin
from onrecord.show.export.account import Options, Tally
from onrecord.show.export.formats import Format

Row = Mapping[str, Any]
Write = Callable[[Iterator[Row], TextIO], None]


def plugged_format(name: str) -> Format:
    """Return a format of an installed plug-in; raise `UsageError` without one."""
    plugin = find_plugin(Group.EXPORTERS, name)
    write: Write = load_plugin(plugin)

    def write_plugged(
        rows: Iterator[Row], stream: TextIO, options: Options, tally: Tally
    ) -> None:
        try:
            write(_counted(rows, tally), stream)
        except OnRecordError:
            raise
        except Exception as err:
            raise failed(plugin, err) from err

    return Format(
        columns=(f"those of {plugin.label}",),
        lines=None,
        write=write_plugged,
        texts=True,
        said=_said(plugin, write),
    )


def _counted(rows: Iterator[Row], tally: Tally) -> Iterator[Row]:
    """Count what a plug-in takes; what it leaves out of that, it has to say."""
    for row in rows:
        tally.wrote()
        yield row


def _said(plugin: Plugin, write: Write) -> tuple[str, ...]:
    """Return what the note says: who wrote the format, and its own words on it."""
    own = " ".join((write.__doc__ or "").split())
    return tuple(filter(None, (f"Written by the plug-in {plugin.label}.", own)))
