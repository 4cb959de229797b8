"""All checks of a record, in order: files, columns, rows, sums, cited words."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from onrecord.errors import NotARecord, RecordDamaged
from onrecord.store.head import CODERS_FOLDER, Head, read_head
from onrecord.store.verify.files import MENDED, broken_files
from onrecord.store.verify.finding import Finding, Tell, some
from onrecord.store.verify.made_with import Installed, wrong_installation
from onrecord.store.verify.rows import gone_reports, wrong_rows
from onrecord.store.verify.shape import wrong_columns
from onrecord.store.verify.summaries import wrong_summaries
from onrecord.store.verify.words import wrong_words

NO_RECORD = "move it elsewhere: here lie the records of other coders"


def verify(
    record: Path,
    *,
    quick: bool = False,
    installed: Installed | None = None,
    tell: Tell | None = None,
) -> Iterator[Finding]:
    """Yield what is wrong with a record; nothing when it is whole.

    Files come first: where one is broken the rows are not looked at. `quick` leaves
    out the cited words. The records of other coders within it are looked at too.
    Raises `NotARecord` for a folder that is something else.
    """
    try:
        head = read_head(record)
    except RecordDamaged as err:
        yield Finding(where=str(record), problem=str(err), advice=MENDED)
        return
    broken = False
    for finding in _wrong_files(record, head, tell or _say_nothing):
        broken = True
        yield finding
    if not broken:
        yield from some(gone_reports(record, head))
        yield from wrong_rows(record, head, tell or _say_nothing)
        yield from wrong_summaries(record, head)
        if not quick:
            tell_words = tell or _say_nothing
            yield from some(wrong_words(record, head.versions, tell_words))
    if installed is not None:
        yield from wrong_installation(record, head, installed)
    yield from _wrong_coders(record, quick=quick, tell=tell)


def _wrong_files(record: Path, head: Head, tell: Tell) -> Iterator[Finding]:
    broken = False
    for finding in broken_files(record, head, tell):
        broken = True
        yield finding
    if not broken:
        yield from wrong_columns(record, head)


def _wrong_coders(record: Path, *, quick: bool, tell: Tell | None) -> Iterator[Finding]:
    folder = record / CODERS_FOLDER
    inner = sorted(folder.iterdir()) if folder.is_dir() else []
    for path in inner:
        name = f"{CODERS_FOLDER}/{path.name}"
        try:
            for finding in verify(path, quick=quick, tell=tell):
                where = f"{name}: {finding.where}"
                yield msgspec.structs.replace(finding, where=where)
        except NotARecord as err:
            yield Finding(where=name, problem=str(err), advice=NO_RECORD)


def _say_nothing(what: str, done: int, total: int) -> None:
    pass
