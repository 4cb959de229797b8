"""One stream -> its reports, whatever kind it is and whatever lies packed in it."""

import io
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import BinaryIO

import msgspec

from onrecord.errors import InputError
from onrecord.model.document import Document, Rejected
from onrecord.plugins import Plugin
from onrecord.read.archive import Member, Problem
from onrecord.read.budget import Budget, Layer, Spent
from onrecord.read.decode import open_chunks, open_raw, open_utf8, peek_utf8
from onrecord.read.inputs import why_not_opened
from onrecord.read.jsonfile import read_jsonfile
from onrecord.read.jsonl import read_jsonl
from onrecord.read.kinds import Foreign, Kind, tell_kind
from onrecord.read.limits import Limits, beyond
from onrecord.read.origin import Origin, enter, reject, unpacked
from onrecord.read.parquet import read_parquet
from onrecord.read.plugged import find_reader, read_plugged
from onrecord.read.steady import open_steady, spool
from onrecord.read.table import read_table
from onrecord.read.textfile import read_textfile
from onrecord.read.unpack import inner_name, is_packed, unpack

Reports = Iterator[Document | Rejected]


class _Source(msgspec.Struct, frozen=True, kw_only=True):
    """A stream's surroundings.

    `layer`: the archive it lies in, None for what was named itself. `path`: the file
    that it is. `again` opens the same bytes once more, None where it cannot be done.
    """

    origin: Origin
    limits: Limits
    budget: Budget
    name: str = ""
    meta: bytes | None = None
    layer: Layer | None = None
    path: Path | None = None
    again: Callable[[Budget], AbstractContextManager[BinaryIO]] | None = None


def read_stream(
    stream: BinaryIO,
    origin: Origin,
    limits: Limits,
    *,
    name: str = "",
    meta: bytes | None = None,
    path: Path | None = None,
) -> Reports:
    """Yield the reports of a stream, whose kind its bytes and `name` tell.

    `meta`: the metadata file beside it. `path`: the file that `stream` reads. What is
    wrong with the stream costs the rest of it.
    """
    source = _Source(
        origin=origin,
        limits=limits,
        budget=Budget(limits),
        name=name,
        meta=meta,
        path=path,
        again=(lambda _: path.open("rb")) if path else None,
    )
    try:
        yield from _read_source(stream, source)
    except Spent as err:
        yield reject(origin, f"{err}; the rest of it is not read")


def _read_source(stream: BinaryIO, source: _Source) -> Reports:
    origin = source.origin
    try:
        raw = open_raw(stream)
        head = peek_utf8(raw.peek())
        if not head:
            yield reject(origin, "the file is empty")
            return
        silent = True
        plugin = find_reader(source.name)
        reports = (
            _read_plugged(plugin, raw, source)
            if plugin
            else _read_kind(tell_kind(source.name, head), raw, source)
        )
        for report in reports:
            silent = False
            yield report
        if silent:
            yield reject(origin, "no report was found in it; look at what it holds")
    except UnicodeDecodeError as err:
        reason = f"broken {err.encoding}: {err.reason}; save the file as UTF-8"
        yield reject(origin, reason)
    except Spent:
        raise
    except InputError as err:
        yield reject(origin, str(err), position=err.position)
    except OSError as err:
        yield reject(origin, why_not_opened(err))


def _read_kind(
    kind: Kind | Foreign, raw: io.BufferedReader, source: _Source
) -> Reports:
    """Hand the stream to the reader of its kind, as UTF-8 where it is text.

    Markup says its encoding itself and gets the bytes, as archives do; the bytes of
    mail stay as they are unless a mark says that the file was recoded. Their readers
    are heavy and imported when there is something for them.
    """
    origin, limits = source.origin, source.limits
    match kind:
        case Foreign():
            yield reject(origin, f"{kind.what}: {kind.advice}")
        case Kind.TEXT:
            yield from read_textfile(open_utf8(raw), origin, limits, meta=source.meta)
        case Kind.JSONL:
            yield from read_jsonl(open_utf8(raw), origin, limits)
        case Kind.JSON:
            yield from read_jsonfile(open_utf8(raw), origin, limits)
        case Kind.TABLE:
            yield from read_table(open_utf8(raw), origin, limits)
        case Kind.PARQUET:
            with _seekable(raw, source) as file:
                yield from read_parquet(file, origin, limits)
        case Kind.HTML:
            from onrecord.read.html import read_html

            yield from read_html(raw, origin, limits)
        case Kind.FEED:
            from onrecord.read.feed import read_feed

            yield from read_feed(raw, origin, limits)
        case Kind.WARC:
            from onrecord.read.warc import read_warc

            packed = is_packed(source.name)
            yield from read_warc(raw, unpacked(origin) if packed else origin, limits)
        case Kind.NEWSML:
            from onrecord.read.newsml import read_newsml

            yield from read_newsml(raw, origin, limits)
        case Kind.NITF:
            from onrecord.read.newsml import read_nitf

            yield from read_nitf(raw, origin, limits)
        case Kind.EML:
            from onrecord.read.mail import read_eml

            yield from read_eml(open_utf8(raw), origin, limits)
        case Kind.MBOX:
            from onrecord.read.mail import read_mbox

            yield from read_mbox(open_utf8(raw), origin, limits)
        case Kind.GZIP | Kind.BZIP2 | Kind.XZ | Kind.ZSTD | Kind.ZIP | Kind.TAR:
            yield from _read_packed(kind, raw, source)


def _read_plugged(plugin: Plugin, raw: io.BufferedReader, source: _Source) -> Reports:
    with _seekable(raw, source) as file:
        yield from read_plugged(plugin, file, source.origin, source.limits)


def _read_packed(kind: Kind, raw: io.BufferedReader, source: _Source) -> Reports:
    depth = source.layer.depth + 1 if source.layer else 1
    if depth > source.limits.archive_depth:
        found = f"archives lie {depth} deep in one another"
        reason = beyond(source.limits, "archive_depth", found)
        yield reject(source.origin, source.budget.refuse(reason))
        return
    match kind:
        case Kind.ZIP:
            from onrecord.read.archive_zip import list_zip

            with _seekable(raw, source) as file:
                members = list_zip(file, source.budget, source.layer)
                yield from _read_members(members, source)
        case Kind.TAR:
            yield from _read_tar(raw, source)
        case _:
            yield from _read_unpacked(kind, raw, source)


def _read_unpacked(kind: Kind, raw: io.BufferedReader, source: _Source) -> Reports:
    """Yield the reports of what gzip and its like hold: one stream without a name."""

    again = source.again

    @contextmanager
    def open_again(budget: Budget) -> Iterator[BinaryIO]:
        assert again  # only offered where there is one
        with again(budget) as packed:
            yield open_chunks(unpack(packed, kind, Layer(budget, source.layer)))

    layer = Layer(source.budget, source.layer)
    inner = msgspec.structs.replace(
        source,
        origin=unpacked(source.origin),
        name=inner_name(source.name),
        layer=layer,
        path=None,
        again=open_again if again else None,
    )
    yield from _read_source(open_chunks(unpack(raw, kind, layer)), inner)


def _read_tar(raw: io.BufferedReader, source: _Source) -> Reports:
    from onrecord.read.archive_tar import list_tar, read_metas

    if source.again is None:
        with spool(raw, source.limits) as file:
            metas = read_metas(file, Budget(source.limits))
            file.seek(0)
            yield from _read_members(
                list_tar(file, source.budget, source.layer, metas), source
            )
        return
    budget = Budget(source.limits)
    with source.again(budget) as first:
        metas = read_metas(first, budget)
    yield from _read_members(list_tar(raw, source.budget, source.layer, metas), source)


def _read_members(members: Iterator[Member | Problem], source: _Source) -> Reports:
    for member in members:
        if isinstance(member, Problem):
            name = member.name
            origin = source.origin if name is None else enter(source.origin, name)
            yield reject(origin, member.reason)
            continue
        inner = msgspec.structs.replace(
            source,
            origin=enter(source.origin, member.name, shown=member.shown),
            name=member.name,
            meta=member.meta,
            layer=member.layer,
            path=None,
            again=None,
        )
        yield from _read_source(member.stream, inner)


def _seekable(
    raw: io.BufferedReader, source: _Source
) -> AbstractContextManager[BinaryIO]:
    """Return the file itself, else a temporary copy of the stream."""
    return open_steady(source.path) if source.path else spool(raw, source.limits)
