"""Zip archives: central directory, and each file as a stream."""

import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, BinaryIO, cast

from onrecord.errors import InputError
from onrecord.read.archive import (
    EMPTY,
    IS_LINK,
    Member,
    Names,
    Problem,
    is_passed_over,
    meta_name,
)
from onrecord.read.archive_zip_cut import list_cut_zip
from onrecord.read.budget import Budget, Layer
from onrecord.read.decode import open_chunks
from onrecord.read.limits import HEAD_BYTES, beyond
from onrecord.read.origin import said
from onrecord.read.textfile import MAX_META_BYTES

_ENCRYPTED = 0x1
_SHARED = "it shares its bytes with another file, as zip bombs do; pack it again"
_LOCAL_HEADER = 30  # bytes before the name
# What zipfile raises for archives that are damaged, or made to be.
_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
    IndexError,
)
_END = struct.Struct("<4s4H2LH")
_END_MARK = b"PK\x05\x06"
_END_REACH = 2**16 + _END.size  # a comment stands behind it
_END64_AT = struct.Struct("<4sLQL")
_END64 = struct.Struct("<4sQ2H2L4Q")
_ENTRY = struct.Struct("<4s24x3H12x")
_ENTRY_MARK = b"PK\x01\x02"


def list_zip(
    stream: BinaryIO, budget: Budget, outer: Layer | None
) -> Iterator[Member | Problem]:
    """Yield the files of a zip archive, in its order; `stream` must be seekable.

    `outer` is what the archive itself lies in.
    """
    counted = _Counted(stream)
    try:
        _check_count(stream, budget)
        archive = zipfile.ZipFile(cast(IO[bytes], counted))
    except InputError as err:
        yield Problem(None, str(err))
        return
    except _ERRORS:
        yield from list_cut_zip(stream, budget, outer)
        return
    with archive:
        infos = archive.infolist()
        if not infos:
            yield Problem(None, EMPTY)
        overlapping = _find_overlapping(infos)
        names = Names()
        for info in infos:
            budget.count_file()
            if info.filename.endswith("/") or is_passed_over(info.filename):
                continue
            shown = names.tell_apart(info.filename)
            problem = _why_refused(info)
            if id(info) in overlapping:
                problem = budget.refuse(_SHARED)
            if problem:
                yield Problem(shown, problem)
                continue
            inner = Layer(budget, outer)
            yield Member(
                name=info.filename,
                shown=shown,
                stream=open_chunks(_read_chunks(archive, info, counted, inner)),
                layer=inner,
                meta=_read_meta(archive, info),
            )


def _read_chunks(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, counted: "_Counted", layer: Layer
) -> Iterator[bytes]:
    before = counted.bytes_read
    try:
        with archive.open(info) as member:
            while chunk := member.read(HEAD_BYTES):
                packed, before = counted.bytes_read - before, counted.bytes_read
                layer.count(packed=packed, unpacked=len(chunk))
                yield chunk
    except _ERRORS as err:
        raise InputError(f"damaged in the zip: {said(err)}; pack it again") from err


def _why_refused(info: zipfile.ZipInfo) -> str | None:
    if info.flag_bits & _ENCRYPTED:
        return "encrypted in the zip; pack it without a password"
    if stat.S_ISLNK(info.external_attr >> 16):
        return IS_LINK
    return None


def _find_overlapping(infos: list[zipfile.ZipInfo]) -> frozenset[int]:
    """Return the ids of entries whose bytes belong to another entry as well."""
    found: set[int] = set()
    last: zipfile.ZipInfo | None = None
    for info in sorted(infos, key=lambda one: one.header_offset):
        if last and info.header_offset < _end_of(last):
            found |= {id(last), id(info)}
        last = max(last or info, info, key=_end_of)
    return frozenset(found)


def _end_of(info: zipfile.ZipInfo) -> int:
    """Return the least offset at which the entry's bytes can end."""
    return info.header_offset + _LOCAL_HEADER + info.compress_size


def _read_meta(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes | None:
    try:
        with archive.open(meta_name(info.filename)) as meta:
            return meta.read(MAX_META_BYTES)
    except KeyError:
        return None
    except _ERRORS:
        return b""  # not a JSON object, which the text's reader says


def _check_count(stream: BinaryIO, budget: Budget) -> None:
    """Raise `InputError` for more entries than allowed, before all are held at once.

    The number that a zip says of itself may be a lie, so its list is walked.
    """
    limit = budget.limits.archive_files
    start, size = _find_list(stream)
    count = at = 0
    while at + _ENTRY.size <= size:
        stream.seek(start + at)
        mark, name, extra, comment = _ENTRY.unpack(_exactly(stream, _ENTRY.size))
        if mark != _ENTRY_MARK:
            return
        count += 1
        if count > limit:
            found = "the zip lists more files"
            raise InputError(beyond(budget.limits, "archive_files", found))
        at += _ENTRY.size + name + extra + comment


def _find_list(stream: BinaryIO) -> tuple[int, int]:
    """Return offset and size of the list of files."""
    end = stream.seek(0, 2)
    stream.seek(max(0, end - _END_REACH))
    tail = stream.read(_END_REACH)
    at = tail.rfind(_END_MARK)
    if at < 0 or len(tail) - at < _END.size:
        raise zipfile.BadZipFile("its list of files is missing: it was cut off")
    size = _END.unpack_from(tail, at)[5]
    ends = end - len(tail) + at
    where = at - _END64_AT.size
    if where >= 0 and tail[where : where + 4] == b"PK\x06\x07":
        ends = end - len(tail) + where - _END64.size
        stream.seek(max(0, ends))
        size = _END64.unpack(_exactly(stream, _END64.size))[8]
    return max(0, ends - size), min(size, ends)


def _exactly(stream: BinaryIO, size: int) -> bytes:
    raw = stream.read(size)
    if len(raw) < size:
        raise zipfile.BadZipFile("it was cut off")
    return raw


class _Counted:
    """A seekable stream that counts the bytes read, for the ratio of what they make."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.bytes_read = 0

    def read(self, size: int = -1) -> bytes:
        raw = self._stream.read(size)
        self.bytes_read += len(raw)
        return raw

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def seekable(self) -> bool:
        return True

    def close(self) -> None:
        """Leave the stream open: whoever opened it closes it."""
