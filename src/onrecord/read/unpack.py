"""gzip, bzip2, xz and Zstandard as streams of what is in them, part behind part."""

import bz2
import lzma
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePath
from typing import BinaryIO, Protocol

from onrecord.errors import InputError
from onrecord.read.budget import Layer
from onrecord.read.kinds import Kind
from onrecord.read.limits import HEAD_BYTES
from onrecord.read.origin import said
from onrecord.read.zstd import unpack_zstd

MAX_XZ_MEMORY = 256 * 2**20
_GZIP_FORMAT = 31  # zlib's number for a gzip header with a window of 32 KiB
_TAR_ENDINGS = frozenset({".tgz", ".tbz", ".tbz2", ".txz", ".tzst"})
_PACKED_ENDINGS = frozenset({".gz", ".bz2", ".xz", ".zst", ".zstd"})
_ERRORS = (zlib.error, lzma.LZMAError, OSError, ValueError)


class Decoder(Protocol):
    """What bz2 and lzma call a decompressor."""

    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...

    @property
    def eof(self) -> bool: ...

    @property
    def needs_input(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...


class Inflater:
    """zlib under the names of bz2; `form` is zlib's number for what is packed."""

    def __init__(self, form: int = _GZIP_FORMAT) -> None:
        self._zlib = zlib.decompressobj(form)
        self._full = False

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        out = self._zlib.decompress(self._zlib.unconsumed_tail + data, max_length)
        self._full = len(out) == max_length
        return out

    @property
    def eof(self) -> bool:
        return self._zlib.eof

    @property
    def needs_input(self) -> bool:
        return not self._full and not self._zlib.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._zlib.unused_data


def _make_xz() -> Decoder:
    return lzma.LZMADecompressor(memlimit=MAX_XZ_MEMORY)


_MAKERS: Mapping[Kind, Callable[[], Decoder]] = {
    Kind.GZIP: Inflater,
    Kind.BZIP2: bz2.BZ2Decompressor,
    Kind.XZ: _make_xz,
}


def unpack(stream: BinaryIO, kind: Kind, layer: Layer) -> Iterator[bytes]:
    """Yield what is packed in `stream`; several parts make one, as with `zcat`.

    Raises `InputError` where the data is damaged or cut off, or goes beyond a limit.
    """
    if kind is Kind.ZSTD:
        yield from _unpack_zstd(stream, layer)
        return
    counted = _Counted(stream)
    decoder = _MAKERS[kind]()
    data = b""
    while True:
        if decoder.needs_input and not data:
            data = counted.read(HEAD_BYTES)
            if not data:
                reason = f"the {kind} data breaks off at byte {counted.bytes_read:,}"
                raise InputError(f"{reason}; pack the file again")
        try:
            out = decoder.decompress(data, HEAD_BYTES)
        except _ERRORS as err:
            reason = f"the {kind} data is damaged: {said(err)}; pack the file again"
            raise InputError(reason) from err
        layer.count(packed=len(data), unpacked=len(out))
        data = b""
        if out:
            yield out
        if decoder.eof:
            # Parts may be padded with zeros.
            data = _skip_zeros(decoder.unused_data, counted)
            if not data:
                return
            decoder = _MAKERS[kind]()


def _unpack_zstd(stream: BinaryIO, layer: Layer) -> Iterator[bytes]:
    before = 0
    for out, packed in unpack_zstd(stream):
        layer.count(packed=packed - before, unpacked=len(out))
        before = packed
        yield out


def is_packed(name: str) -> bool:
    """Tell whether a name has the ending of gzip or its like."""
    return PurePath(name).suffix.lower() in _PACKED_ENDINGS


def inner_name(name: str) -> str:
    """Return the name of what is packed: "day.csv" for "day.csv.gz".

    >>> inner_name("day.tgz")
    'day.tar'
    """
    path = PurePath(name)
    ending = ".tar" if path.suffix.lower() in _TAR_ENDINGS else ""
    return path.stem + ending


class _Counted:
    """A stream that counts what is read of it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.bytes_read = 0

    def read(self, size: int) -> bytes:
        raw = self._stream.read(size)
        self.bytes_read += len(raw)
        return raw


def _skip_zeros(data: bytes, stream: _Counted) -> bytes:
    """Return what stands behind zeros, b"" at the end."""
    while not (data := data.lstrip(b"\0")):
        data = stream.read(HEAD_BYTES)
        if not data:
            return b""
    return data
