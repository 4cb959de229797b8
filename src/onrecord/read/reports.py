"""Read reports from files, folders and standard input: bytes -> Document."""

import io
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, assert_never

from onrecord.errors import InputError, UsageError
from onrecord.model.document import Document, Rejected
from onrecord.read.decode import open_utf8
from onrecord.read.inputs import list_files, why_not_opened
from onrecord.read.jsonfile import read_jsonfile
from onrecord.read.jsonl import read_jsonl
from onrecord.read.kinds import Foreign, Kind, tell_kind
from onrecord.read.origin import (
    STDIN,
    Origin,
    origin_of,
    origin_of_address,
    quoted,
    reject,
)
from onrecord.read.parquet import read_parquet
from onrecord.read.table import read_table
from onrecord.read.textfile import META_SUFFIX, read_textfile

DASH = "-"
WEB = ("http://", "https://")


def read_reports(
    inputs: Sequence[str | Path], *, stdin: BinaryIO | None = None
) -> Iterator[Document | Rejected]:
    """Return the reports of `inputs` one by one, and a record of each refused one.

    An input is a file, a folder (with all below it), or "-" for `stdin` (the process's
    own if not given). Raises `UsageError` or `InputError` at once, before anything is
    read, when nothing is named, "-" is named twice, or a path does not exist.
    """
    named = tuple(inputs)
    _check_inputs(named)
    return _read_inputs(named, stdin)


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
    named: tuple[str | Path, ...], stdin: BinaryIO | None
) -> Iterator[Document | Rejected]:
    for one in named:
        if str(one) == DASH:
            yield from _read_stdin(stdin or sys.stdin.buffer)
        elif str(one).startswith(WEB):
            reason = "web addresses are not read yet; save the page's text in a file"
            yield reject(origin_of_address(str(one)), reason)
        else:
            for path in list_files(Path(one)):
                yield from (path,) if isinstance(path, Rejected) else _read_file(path)


def _read_stdin(stream: BinaryIO) -> Iterator[Document | Rejected]:
    opened = open_utf8(stream)
    try:
        yield from _read_stream(opened, STDIN, None)
    except UnicodeDecodeError as err:
        yield reject(STDIN, _broken(err))
    except OSError as err:
        yield reject(STDIN, why_not_opened(err))


def _read_file(path: Path) -> Iterator[Document | Rejected]:
    origin = origin_of(path)
    try:
        with path.open("rb") as stream:
            yield from _read_stream(open_utf8(stream), origin, path)
    except UnicodeDecodeError as err:
        yield reject(origin, _broken(err))
    except OSError as err:
        yield reject(origin, why_not_opened(err))


def _read_stream(
    stream: io.BufferedReader, origin: Origin, path: Path | None
) -> Iterator[Document | Rejected]:
    head = stream.peek()
    if not head:
        yield reject(origin, "the file is empty")
        return
    kind = tell_kind(path.name if path else "", head)
    match kind:
        case Foreign():
            yield reject(origin, f"{kind.what}: {kind.advice}")
        case Kind.TEXT:
            yield from read_textfile(stream, origin, meta=_find_meta(path))
        case Kind.JSONL:
            yield from read_jsonl(stream, origin)
        case Kind.JSON:
            yield from read_jsonfile(stream, origin)
        case Kind.TABLE:
            yield from read_table(stream, origin)
        case Kind.PARQUET if path:
            yield from read_parquet(path, origin)
        case Kind.PARQUET:
            yield reject(origin, "Parquet cannot be read from a pipe; name the file")
        case _:
            assert_never(kind)


def _find_meta(path: Path | None) -> Path | None:
    """Return the metadata file beside a text, None when there is none."""
    if path is None:
        return None
    meta = path.with_suffix(META_SUFFIX)
    return meta if meta.is_file() else None


def _broken(err: UnicodeDecodeError) -> str:
    return f"broken {err.encoding}: {err.reason}; save the file as UTF-8"
