"""Tar archives, read from front to back."""

import tarfile
from collections.abc import Iterator, Mapping
from typing import IO, Any, BinaryIO, cast

from onrecord.errors import InputError
from onrecord.read.archive import (
    EMPTY,
    IS_DEVICE,
    IS_LINK,
    Member,
    Names,
    Problem,
    find_meta,
    is_passed_over,
)
from onrecord.read.budget import Budget, Layer
from onrecord.read.decode import open_chunks
from onrecord.read.limits import HEAD_BYTES
from onrecord.read.origin import MAX_NAME, escaped, said
from onrecord.read.textfile import MAX_META_BYTES, META_SUFFIX

MAX_HEADER_BYTES = 16 * 1024  # of a long name or of pax fields; tarfile holds them
MAX_GLOBAL_HEADERS = 16
_HOLES = "a file with holes; pack it without --sparse"
_ERRORS = (tarfile.TarError, OSError, ValueError, OverflowError, EOFError)
_EndError = tarfile.EOFHeaderError  # type: ignore[attr-defined]
_HeaderErrors = (
    tarfile.InvalidHeaderError,  # type: ignore[attr-defined]
    tarfile.TruncatedHeaderError,  # type: ignore[attr-defined]
)
_LONG = (
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
)


class _Info(tarfile.TarInfo):
    """A header that is checked before tarfile follows it."""

    @classmethod
    def frombuf(cls, buf: Any, encoding: str | None, errors: str) -> "_Info":
        info = super().frombuf(buf, encoding, errors)  # type: ignore[arg-type]
        if info.type in _LONG and info.size > MAX_HEADER_BYTES:
            raise tarfile.ReadError(f"a header of {info.size:,} bytes")
        return info

    @classmethod
    def fromtarfile(cls, tarfile: tarfile.TarFile) -> "_Info":
        """Return the next header, and note on the archive what was wrong with it."""
        archive = cast(_Tar, tarfile)
        try:
            info = super().fromtarfile(tarfile)
        except _EndError:
            archive.ended = True
            raise
        except _HeaderErrors as err:
            archive.broken = str(err)
            raise
        archive.ended = False
        return info

    def _block(self, count: int) -> int:
        """Return `count` rounded up to blocks; tarfile would walk back for ever."""
        if count < 0:
            raise _Broken("a file of negative size")
        return super()._block(count)  # type: ignore[misc, no-any-return]

    def _proc_sparse(self, _: tarfile.TarFile) -> "_Info":
        """Refuse: the map of the holes may be larger than memory."""
        raise _Broken(_HOLES)

    def _proc_gnusparse_10(self, *_: object) -> None:
        raise _Broken(_HOLES)


class _Broken(tarfile.ReadError):
    """Say that a header cannot be followed, so that nothing behind it can be read."""


class _Tar(tarfile.TarFile):
    """A tar archive that goes on behind broken headers and behind its end mark.

    `broken` is what was wrong with the latest header, `ended` whether the end mark was
    the last thing seen: tarfile says neither.
    """

    tarinfo = _Info
    ignore_zeros = True
    broken: str | None = None
    ended = False


def list_tar(
    stream: BinaryIO,
    budget: Budget,
    outer: Layer | None,
    metas: Mapping[str, bytes],
) -> Iterator[Member | Problem]:
    """Yield the files of a tar archive; `metas` are its metadata files by name."""
    names = Names()
    last = ""
    try:
        for archive, info in _walk(stream):
            if archive.broken:
                yield Problem(None, _damaged(last, archive.broken))
            if info is None:
                break
            budget.count_file()
            last = info.name
            if info.isdir() or is_passed_over(info.name):
                continue
            shown = names.tell_apart(info.name)
            problem = _why_refused(info)
            if problem:
                yield Problem(shown, problem)
                continue
            yield Member(
                name=info.name,
                shown=shown,
                stream=open_chunks(_read_chunks(archive, info)),
                layer=Layer(budget, outer),
                meta=find_meta(info.name, metas),
            )
    except _ERRORS as err:
        yield Problem(None, _damaged(last, said(err)))
        return
    if not last:
        yield Problem(None, EMPTY)


def read_metas(stream: BinaryIO, budget: Budget) -> dict[str, bytes]:
    """Return the metadata files of a tar archive, which may stand behind their texts.

    What is wrong with the archive is left to `list_tar` to say.
    """
    metas: dict[str, bytes] = {}
    try:
        for archive, info in _walk(stream):
            if info is None:
                break
            budget.count_file()
            file = archive.extractfile(info) if _is_meta(info) else None
            if file:
                metas[info.name] = file.read(MAX_META_BYTES)
    except (InputError, *_ERRORS):
        return metas
    return metas


def _walk(stream: BinaryIO) -> Iterator[tuple[_Tar, tarfile.TarInfo | None]]:
    """Yield each file with what was broken before it, None at the end."""
    with _Tar.open(
        fileobj=cast(IO[bytes], stream),
        mode="r|",
        bufsize=HEAD_BYTES,
        errors="surrogateescape",
    ) as archive:
        while True:
            info = archive.next()
            if len(archive.pax_headers) > MAX_GLOBAL_HEADERS:
                raise tarfile.ReadError("too many global headers")
            if info is None and not archive.broken and not archive.ended:
                archive.broken = "its end mark is missing, it may be cut off"
            yield archive, info
            if info is None:
                return
            archive.broken = None
            archive.members.clear()  # type: ignore[attr-defined]


def _damaged(last: str, problem: str) -> str:
    where = f" behind {escaped(last[:MAX_NAME])}" if last else ""
    return f"damaged tar{where}: {problem}; pack it again"


def _is_meta(info: tarfile.TarInfo) -> bool:
    return info.isreg() and not info.issparse() and info.name.endswith(META_SUFFIX)


def _why_refused(info: tarfile.TarInfo) -> str | None:
    if info.issym() or info.islnk():
        return IS_LINK
    if not info.isreg():
        return IS_DEVICE
    if info.issparse():
        return _HOLES
    return None


def _read_chunks(archive: _Tar, info: tarfile.TarInfo) -> Iterator[bytes]:
    try:
        file = archive.extractfile(info)
        while file and (chunk := file.read(HEAD_BYTES)):
            yield chunk
    except _ERRORS as err:
        reason = f"damaged in the tar: {said(err)}; pack it again"
        raise InputError(reason) from err
