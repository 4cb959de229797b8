"""Zip archives that were cut off: the files, by the headers before each of them.

The list of files stands at the end and is gone. Whether a file is a link stands only
there: of links the target is read as if it were a text.
"""

import bz2
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO

import msgspec

from onrecord.errors import InputError
from onrecord.read.archive import Member, Names, Problem, find_meta, is_passed_over
from onrecord.read.budget import Budget, Layer
from onrecord.read.decode import open_chunks
from onrecord.read.limits import HEAD_BYTES
from onrecord.read.origin import escaped, said
from onrecord.read.textfile import MAX_META_BYTES, META_SUFFIX
from onrecord.read.unpack import Decoder, Inflater

_HEADER = struct.Struct("<4s5H3L2H")
_HEADER_MARK = b"PK\x03\x04"
_LIST_MARKS = (b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x08")
_BEHIND_MARK = b"PK\x07\x08"
_ENCRYPTED, _SIZE_BEHIND, _UTF8 = 0x1, 0x8, 0x800
_LARGE = 2**32 - 1  # a size that stands in the extra field instead
_LARGE_ID = 1
_ERRORS = (zlib.error, OSError, ValueError, EOFError)


class _File(msgspec.Struct, frozen=True, kw_only=True):
    """A file's header. `size` is None where it stands behind the file."""

    name: str
    flags: int
    method: int
    check: int
    size: int | None
    start: int


class _Ended(Exception):
    """Say where the files end, and why."""


def list_cut_zip(
    stream: BinaryIO, budget: Budget, outer: Layer | None
) -> Iterator[Member | Problem]:
    """Yield the files that are there, then a problem: where the archive ends."""
    names = Names()
    metas = dict(_read_metas(stream, Budget(budget.limits)))
    try:
        for walked in _walk(stream, Layer(budget, outer)):
            file = walked.file
            budget.count_file()
            if file.name.endswith("/") or is_passed_over(file.name):
                continue
            shown = names.tell_apart(file.name)
            if file.flags & _ENCRYPTED:
                reason = "encrypted in the zip; pack it without a password"
                yield Problem(shown, reason)
                continue
            yield Member(
                name=file.name,
                shown=shown,
                stream=open_chunks(walked.chunks()),
                layer=walked.layer,
                meta=find_meta(file.name, metas),
            )
    except _Ended as err:
        yield Problem(None, str(err))


def _read_metas(stream: BinaryIO, budget: Budget) -> Iterator[tuple[str, bytes]]:
    """Yield the metadata files, which may stand behind their texts."""
    try:
        for walked in _walk(stream, Layer(budget)):
            budget.count_file()
            if walked.file.name.endswith(META_SUFFIX):
                raw = b"".join(walked.chunks())[:MAX_META_BYTES]
                yield walked.file.name, raw
    except (_Ended, InputError):
        return


class _Walked:
    """A file that the walk has come to, to be read before it goes on."""

    def __init__(self, stream: BinaryIO, file: _File, layer: Layer) -> None:
        self.file = file
        self.layer = layer
        self.end: int | None = None  # known once all was read
        self._stream = stream
        self.at = file.start
        self._left = file.size

    def chunks(self) -> Iterator[bytes]:
        """Yield what is in the file; raise `InputError` where it is damaged or cut."""
        check = 0
        for out in self._unpacked():
            check = zlib.crc32(out, check)
            yield out
        self.end = self.at
        expected = self.file.check
        if self.file.size is None:
            self.end, expected = self._read_behind()
        if check != expected:
            raise InputError("damaged in the zip: wrong checksum; pack it again")

    def _unpacked(self) -> Iterator[bytes]:
        decoder = _decoder_for(self.file)
        if decoder is None:
            while data := self._packed():
                self.layer.count(packed=len(data), unpacked=len(data))
                yield data
            return
        data = b""
        while not decoder.eof:
            if decoder.needs_input and not data and not (data := self._packed()):
                raise InputError(f"damaged in the zip: {self._cut()}")
            try:
                out = decoder.decompress(data, HEAD_BYTES)
            except _ERRORS as err:
                reason = f"damaged in the zip: {said(err)}; pack it again"
                raise InputError(reason) from err
            self.layer.count(packed=len(data), unpacked=len(out))
            data = b""
            if out:
                yield out
        self.at -= len(decoder.unused_data)

    def _packed(self) -> bytes:
        """Return the next packed bytes; b"" behind the last."""
        size = HEAD_BYTES if self._left is None else min(self._left, HEAD_BYTES)
        self._stream.seek(self.at)
        raw = self._stream.read(size)
        if self._left is not None:
            if size and not raw:
                raise InputError(f"damaged in the zip: {self._cut()}")
            self._left -= len(raw)
        self.at += len(raw)
        return raw

    def _read_behind(self) -> tuple[int, int]:
        """Return where what stands behind a file ends, and the file's checksum."""
        self._stream.seek(self.at)
        raw = self._stream.read(28)
        at = len(_BEHIND_MARK) if raw.startswith(_BEHIND_MARK) else 0
        if len(raw) < at + 12:
            raise InputError(f"damaged in the zip: {self._cut()}")
        # The two sizes have four bytes each, or eight: then something follows.
        long = raw[at + 12 : at + 16] not in (_HEADER_MARK, *_LIST_MARKS)
        long = long and (raw[at + 20 : at + 24] in (_HEADER_MARK, *_LIST_MARKS))
        return self.at + at + (20 if long else 12), struct.unpack_from("<L", raw, at)[0]

    def _cut(self) -> str:
        return f"the zip breaks off in it, at byte {self.at:,}; get it again"


def _walk(stream: BinaryIO, layer: Layer) -> Iterator[_Walked]:
    """Yield each file; raise `_Ended` behind the last."""
    at, last = 0, ""
    while True:
        file = _read_header(stream, at, last)
        walked = _Walked(stream, file, Layer(layer.budget, layer))
        yield walked
        last = file.name
        if file.size is not None:
            at = file.start + file.size
            continue
        if walked.end is None:
            walked = _read_again(stream, walked)
        if walked.end is None:
            raise _Ended(_how_it_ends(stream, walked.at, last))
        at = walked.end


def _read_again(stream: BinaryIO, walked: _Walked) -> _Walked:
    """Read a file of unknown size through, since its reader left off before its end."""
    again = _Walked(stream, walked.file, walked.layer)
    with suppress(InputError):
        for _ in again.chunks():
            pass
    return again


def _read_header(stream: BinaryIO, at: int, last: str) -> _File:
    stream.seek(at)
    raw = stream.read(_HEADER.size)
    if len(raw) < _HEADER.size or not raw.startswith(_HEADER_MARK):
        raise _Ended(_how_it_ends(stream, at, last))
    _, _, flags, method, _, _, check, packed, _, name_size, extra_size = _HEADER.unpack(
        raw
    )
    name = stream.read(name_size)
    extra = stream.read(extra_size)
    if len(name) < name_size or len(extra) < extra_size:
        raise _Ended(_how_it_ends(stream, at, last))
    size: int | None = packed
    if packed == _LARGE:
        size = _large_size(extra)
    if flags & _SIZE_BEHIND:
        size = None
    return _File(
        name=name.decode("utf-8" if flags & _UTF8 else "cp437", "replace"),
        flags=flags,
        method=method,
        check=check,
        size=size,
        start=at + _HEADER.size + name_size + extra_size,
    )


def _large_size(extra: bytes) -> int:
    """Return the packed size from the extra field of large files."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<2H", extra, at)
        if kind == _LARGE_ID and size >= 16:
            return int(struct.unpack_from("<Q", extra, at + 12)[0])
        at += 4 + size
    return _LARGE


def _decoder_for(file: _File) -> Decoder | None:
    """Return what unpacks a file, None for what is not packed."""
    match file.method:
        case zipfile.ZIP_DEFLATED:
            return Inflater(-zlib.MAX_WBITS)
        case zipfile.ZIP_BZIP2:
            return bz2.BZ2Decompressor()
        case zipfile.ZIP_STORED if file.size is not None:
            return None
        case zipfile.ZIP_STORED:
            raise InputError("nothing tells where it ends in a cut zip; pack it again")
    raise InputError(
        f"packed by method {file.method}, not read from a cut zip; get it again"
    )


def _how_it_ends(stream: BinaryIO, at: int, last: str) -> str:
    end = stream.seek(0, 2)
    stream.seek(min(at, end))
    mark = stream.read(4)
    behind = f" behind {escaped(last)}" if last else ""
    if at >= end or mark == _HEADER_MARK or not mark:
        return f"the zip ends early{behind}, at byte {end:,}; get it again"
    if mark in _LIST_MARKS:
        return (
            f"the zip's list of files is cut off or damaged, at byte {end:,}; the "
            "files are all read; get it again"
        )
    return f"damaged zip{behind}: no file begins at byte {at:,}; get it again"
