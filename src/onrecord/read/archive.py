"""Zip and tar: the files in them as streams, never unpacked to a path.

A name in an archive is only a name: "../../etc/passwd" points nowhere. What is hidden,
metadata beside a text, and folders are passed over as in a folder; links and devices
are refused.
"""

from collections import Counter
from collections.abc import Mapping
from typing import BinaryIO

import msgspec

from onrecord.read.budget import Layer
from onrecord.read.inputs import HIDDEN
from onrecord.read.textfile import META_SUFFIX

IS_LINK = "a link; links in archives are not followed, put the file itself in"
IS_DEVICE = "a device or pipe, not a file; leave it out of the archive"
EMPTY = "the archive has no files in it"
_RESOURCES = "__MACOSX"  # what macOS packs beside each file
_NAMELESS = "(no name)"
_UP = frozenset({".", ".."})


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """One file in an archive; the stream holds until the next member is asked for.

    `name` is as in the archive, `shown` tells files of one name apart.
    """

    name: str
    shown: str
    stream: BinaryIO
    layer: Layer
    meta: bytes | None = None


class Problem(msgspec.Struct, frozen=True):
    """A file in an archive, or with `name` None the rest of it, that is refused."""

    name: str | None
    reason: str


class Names:
    """The names given out so far, a number behind those that come again."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def tell_apart(self, name: str) -> str:
        """Return `name`, or "name (2)" for the second file that is called so."""
        name = name or _NAMELESS
        self._seen[name] += 1
        count = self._seen[name]
        return name if count == 1 else f"{name} ({count})"


def is_passed_over(name: str) -> bool:
    """Tell whether a file is hidden, by its name or a folder's, or is metadata."""
    parts = [part for part in name.split("/") if part not in _UP]
    return name.endswith(META_SUFFIX) or any(
        part.startswith(HIDDEN) or part == _RESOURCES for part in parts
    )


def meta_name(name: str) -> str:
    """Return the name of the metadata file beside a file."""
    folder, slash, last = name.rpartition("/")
    stem = last.rpartition(".")[0] or last
    return f"{folder}{slash}{stem}{META_SUFFIX}"


def find_meta(name: str, metas: Mapping[str, bytes]) -> bytes | None:
    """Return the metadata that stands beside a file."""
    return metas.get(meta_name(name)) if metas else None
