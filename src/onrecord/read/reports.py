"""Read reports from files, folders and standard input: bytes -> Document."""

import importlib
import io
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from onrecord.errors import InputError, UsageError
from onrecord.model.document import Document, Rejected
from onrecord.read.decode import open_raw, open_utf8, peek_utf8
from onrecord.read.inputs import list_files, why_not_opened
from onrecord.read.jsonfile import read_jsonfile
from onrecord.read.jsonl import read_jsonl
from onrecord.read.kinds import Foreign, Kind, tell_kind
from onrecord.read.limits import DEFAULT_LIMITS, Limits
from onrecord.read.origin import (
    STDIN,
    Origin,
    origin_of,
    origin_of_address,
    quoted,
    reject,
)
from onrecord.read.parquet import read_parquet
from onrecord.read.spool import spool
from onrecord.read.table import read_table
from onrecord.read.textfile import MAX_META_BYTES, META_SUFFIX, read_textfile

DASH = "-"
WEB = ("http://", "https://")


def read_reports(
    inputs: Sequence[str | Path],
    *,
    stdin: BinaryIO | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Iterator[Document | Rejected]:
    """Return the reports of `inputs` one by one, and a record of each refused one.

    An input is a file, a folder (with all below it), or "-" for `stdin` (the process's
    own if not given). Raises `UsageError` or `InputError` at once, before anything is
    read, when nothing is named, "-" is named twice, or a path does not exist.
    """
    named = tuple(inputs)
    _check_inputs(named)
    return _read_inputs(named, stdin, limits)


def _check_inputs(named: tuple[str | Path, ...]) -> None:
    if not named:
        raise UsageError("no input is named; give a file, a folder, or - for stdin")
    if sum(str(one) == DASH for one in named) > 1:
        raise UsageError("- is named twice; standard input can be read once")
    for one in named:
        if str(one) == DASH or str(one).startswith(WEB) or os.path.lexists(one):
            continue
        message = f"{quoted(str(one))} does not exist; check the path"
        raise InputError(message, file=str(one))


def _read_inputs(
    named: tuple[str | Path, ...], stdin: BinaryIO | None, limits: Limits
) -> Iterator[Document | Rejected]:
    for one in named:
        if str(one) == DASH:
            yield from _read_stdin(stdin or sys.stdin.buffer, limits)
        elif str(one).startswith(WEB):
            reason = "web addresses are not read yet; save the page's text in a file"
            yield reject(origin_of_address(str(one)), reason)
        else:
            for path in list_files(Path(one)):
                if isinstance(path, Rejected):
                    yield path
                else:
                    yield from _read_file(path, limits)


def _read_stdin(stream: BinaryIO, limits: Limits) -> Iterator[Document | Rejected]:
    yield from read_stream(stream, STDIN, limits)


def _read_file(path: Path, limits: Limits) -> Iterator[Document | Rejected]:
    origin = origin_of(path)
    try:
        meta = _read_meta(path)
        with path.open("rb") as stream:
            yield from read_stream(stream, origin, limits, name=path.name, meta=meta)
    except OSError as err:
        yield reject(origin, why_not_opened(err))


def read_stream(
    stream: BinaryIO,
    origin: Origin,
    limits: Limits,
    *,
    name: str = "",
    meta: bytes | None = None,
) -> Iterator[Document | Rejected]:
    """Yield the reports of one stream, whose kind its bytes and `name` tell.

    `meta`: the metadata file beside it. What is wrong with the stream costs the rest.
    """
    try:
        raw = open_raw(stream)
        head = peek_utf8(raw.peek())
        if not head:
            yield reject(origin, "the file is empty")
            return
        kind = tell_kind(name, head)
        yield from _read_kind(kind, raw, origin, limits, meta)
    except UnicodeDecodeError as err:
        yield reject(origin, _broken(err))
    except InputError as err:
        yield reject(origin, str(err), position=err.position)
    except OSError as err:
        yield reject(origin, why_not_opened(err))


def _read_kind(
    kind: Kind | Foreign,
    raw: io.BufferedReader,
    origin: Origin,
    limits: Limits,
    meta: bytes | None,
) -> Iterator[Document | Rejected]:
    """Hand the stream to the reader of its kind, as UTF-8 where it is text.

    Markup, mail and archives say their encoding themselves and get the bytes.
    """
    match kind:
        case Foreign():
            yield reject(origin, f"{kind.what}: {kind.advice}")
        case Kind.TEXT:
            yield from read_textfile(open_utf8(raw), origin, limits, meta=meta)
        case Kind.JSONL:
            yield from read_jsonl(open_utf8(raw), origin, limits)
        case Kind.JSON:
            yield from read_jsonfile(open_utf8(raw), origin, limits)
        case Kind.TABLE:
            yield from read_table(open_utf8(raw), origin, limits)
        case Kind.HTML:
            yield from _call("html", "read_html", raw, origin, limits)
        case Kind.FEED:
            yield from _call("feed", "read_feed", raw, origin, limits)
        case Kind.WARC:
            yield from _call("warc", "read_warc", raw, origin, limits)
        case Kind.NEWSML:
            yield from _call("newsml", "read_newsml", raw, origin, limits)
        case Kind.NITF:
            yield from _call("newsml", "read_nitf", raw, origin, limits)
        case Kind.EML:
            yield from _call("mail", "read_eml", raw, origin, limits)
        case Kind.MBOX:
            yield from _call("mail", "read_mbox", raw, origin, limits)
        case Kind.PARQUET:
            with spool(raw, limits) as seekable:
                yield from read_parquet(seekable, origin, limits)
        case _:
            yield reject(origin, f"{kind} is not read yet; unpack it first")


def _call(
    module: str, name: str, stream: BinaryIO, origin: Origin, limits: Limits
) -> Iterator[Document | Rejected]:
    """Call `read_<kind>(stream, origin, limits)` of a module that may not be there."""
    try:
        reader = getattr(importlib.import_module(f"onrecord.read.{module}"), name)
    except (ImportError, AttributeError):
        yield reject(origin, f"{module} is not read yet; save it as plain text")
        return
    yield from reader(stream, origin, limits)


def _read_meta(path: Path) -> bytes | None:
    """Return the metadata file beside a text, None when there is none."""
    meta = path.with_suffix(META_SUFFIX)
    if path.name == meta.name or not meta.is_file():
        return None
    with meta.open("rb") as stream:
        return stream.read(MAX_META_BYTES)


def _broken(err: UnicodeDecodeError) -> str:
    return f"broken {err.encoding}: {err.reason}; save the file as UTF-8"
