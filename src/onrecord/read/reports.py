"""Read reports from files, folders and standard input: bytes -> Document."""

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

from onrecord.errors import InputError, UsageError
from onrecord.model.document import Document, Rejected
from onrecord.objects import check_object_address, is_object_address
from onrecord.read.fetch_cache import FetchCache
from onrecord.read.fetch_policy import FetchPolicy, check_address, is_address
from onrecord.read.inputs import list_files, why_not_opened
from onrecord.read.limits import DEFAULT_LIMITS, Limits
from onrecord.read.origin import STDIN, origin_of, quoted, reject
from onrecord.read.steady import open_stream
from onrecord.read.streams import read_stream
from onrecord.read.textfile import MAX_META_BYTES, META_SUFFIX
from onrecord.read.unpack import is_packed

DASH = "-"
DEFAULT_POLICY = FetchPolicy()


class _Web(NamedTuple):
    """How addresses on the web are asked."""

    policy: FetchPolicy
    cache: FetchCache


def read_reports(
    inputs: Sequence[str | Path],
    *,
    stdin: BinaryIO | None = None,
    limits: Limits = DEFAULT_LIMITS,
    policy: FetchPolicy = DEFAULT_POLICY,
    cache: FetchCache | None = None,
) -> Iterator[Document | Rejected]:
    """Return the reports of `inputs` one by one, and a record of each refused one.

    An input is a file, a folder (with all below it), an http(s) address, the address of
    an object or a prefix (`s3://bucket/prefix`), or "-" for `stdin` (the process's own
    if not given). An address that `cache` knows gives nothing where nothing is new.
    Raises `UsageError` or `InputError` at once, before anything is read, when nothing
    is named, "-" is named twice, or a path does not exist.
    """
    named = tuple(inputs)
    _check_inputs(named)
    web = _Web(policy, cache or FetchCache())
    return _read_inputs(named, stdin, limits, web)


def _check_inputs(named: tuple[str | Path, ...]) -> None:
    if not named:
        raise UsageError(
            "no input is named; give a file, a folder, an address, or - for stdin"
        )
    if sum(str(one) == DASH for one in named) > 1:
        raise UsageError("- is named twice; standard input can be read once")
    for one in named:
        if is_address(one):
            check_address(str(one))
            continue
        if is_object_address(one):
            check_object_address(str(one))
            continue
        if str(one) == DASH or os.path.lexists(one):
            continue
        message = f"{quoted(str(one))} does not exist; check the path"
        raise InputError(message, file=str(one))


def _read_inputs(
    named: tuple[str | Path, ...], stdin: BinaryIO | None, limits: Limits, web: _Web
) -> Iterator[Document | Rejected]:
    for one in named:
        if str(one) == DASH:
            yield from read_stream(stdin or sys.stdin.buffer, STDIN, limits)
        elif is_address(one):
            from onrecord.read.address import read_address

            yield from read_address(
                str(one), limits=limits, policy=web.policy, cache=web.cache
            )
        elif is_object_address(one):
            from onrecord.read.objects import read_objects

            yield from read_objects(str(one), limits)
        else:
            for path in list_files(Path(one)):
                if isinstance(path, Rejected):
                    yield path
                else:
                    yield from _read_file(path, limits)


def _read_file(path: Path, limits: Limits) -> Iterator[Document | Rejected]:
    origin = origin_of(path)
    try:
        meta = _read_meta(path)
        with open_stream(path) as stream:
            yield from read_stream(
                stream, origin, limits, name=path.name, meta=meta, path=path
            )
    except OSError as err:
        yield reject(origin, why_not_opened(err))


def _read_meta(path: Path) -> bytes | None:
    """Return the metadata file beside a text, None when there is none."""
    inner = path.with_suffix("") if is_packed(path.name) else path
    meta = inner.with_suffix(META_SUFFIX)
    if path.name == meta.name or not meta.is_file():
        return None
    with meta.open("rb") as stream:
        return stream.read(MAX_META_BYTES)
