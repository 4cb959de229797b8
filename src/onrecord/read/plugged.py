"""Files that a plug-in reads: what it gives of each report becomes a Document."""

from collections.abc import Iterator
from pathlib import PurePath
from typing import BinaryIO

import msgspec

from onrecord.errors import InputError, PluginError
from onrecord.model.document import Document, Rejected
from onrecord.plugins import Group, Plugin, failed, list_plugins, load_plugin
from onrecord.read.build import build_document
from onrecord.read.columns import Given
from onrecord.read.kinds import has_own_ending
from onrecord.read.limits import Limits
from onrecord.read.origin import Origin, reject


def find_reader(name: str) -> Plugin | None:
    """Return the plug-in for files of this name; never for an ending of our own."""
    ending = PurePath(name).suffix.lstrip(".").lower()
    if not ending or has_own_ending(ending):
        return None
    fitting = (p for p in list_plugins(Group.READERS) if p.name.lower() == ending)
    return next(fitting, None)


def read_plugged(
    plugin: Plugin, stream: BinaryIO, origin: Origin, limits: Limits
) -> Iterator[Document | Rejected]:
    """Yield the reports that a plug-in finds in a file; its failure costs the rest."""
    extractor = f"{plugin.package} {plugin.version}"
    number = 0
    try:
        for number, given in enumerate(load_plugin(plugin)(stream), 1):
            if not isinstance(given, Given):
                raise TypeError(f"gave {type(given).__name__}, not Given")
            yield build_document(
                msgspec.structs.replace(given, extractor=given.extractor or extractor),
                origin,
                source_id=f"{origin.stem}#{number}",
                position=f"item {number}",
                limits=limits,
            )
    except (InputError, OSError):
        raise  # of the stream: a limit, or a disk
    except PluginError as err:
        yield reject(origin, str(err))
    except Exception as err:  # noqa: BLE001 - whatever somebody else's reader raises
        reason = f"{failed(plugin, err)}; the rest of the file is not read"
        yield reject(origin, reason, position=f"behind item {number}")
