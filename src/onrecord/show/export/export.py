"""Write the events of a record to a file in the format of another program."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from onrecord.errors import StoreError, UsageError
from onrecord.model.run import Run
from onrecord.plugins import Group, list_plugins
from onrecord.show.export.account import Options, Tally
from onrecord.show.export.duckdbfile import write_duckdb
from onrecord.show.export.formats import FORMATS, Format
from onrecord.show.export.graphml import write_graphml
from onrecord.show.export.note import write_note
from onrecord.show.export.parquetfile import write_parquet
from onrecord.show.export.plugged import plugged_format
from onrecord.show.export.rows import Chosen, choose, event_batches, event_rows
from onrecord.store.filters import Filters
from onrecord.store.query import connect, rows
from onrecord.store.rows import run_of

UNITS = ("events", "happenings")


class Export(msgspec.Struct, frozen=True, kw_only=True):
    """What was written; `events` and `left_out` sum to `given`."""

    path: Path
    note: Path
    given: int
    events: int
    rows: int
    left_out: dict[str, int]


def export_record(
    record: Path,
    form: str,
    path: Path,
    filters: Filters | None = None,
    *,
    as_of: str | None = None,
    unit: str = "events",
    header: bool = True,
    unreal: bool = False,
    texts: bool = False,
    force: bool = False,
) -> Export:
    """Write the events that fit to `path`, and a note beside it.

    Nothing is left at `path` when it fails. `force` replaces a file that is there.
    Raises `UsageError` for what the format does not have.
    """
    entry = _entry(form, unit=unit, header=header, unreal=unreal, texts=texts)
    note = path.with_name(path.name + ".note.txt")
    _check_path(record, path, note, force=force)
    options = Options(
        header=header,
        unreal=unreal,
        texts=texts,
        happenings=unit == "happenings",
        program=_program(),
    )
    chosen = choose(
        record, filters or Filters(), happenings=options.happenings, as_of=as_of
    )
    tally = Tally()
    with _replacing(path) as whole, _replacing(note) as beside:
        _write(form, entry, chosen, whole, options, tally)
        text = write_note(
            path.name, form, entry, chosen, _last_run(chosen), options, tally
        )
        beside.write_text(text, encoding="utf-8")
    return Export(
        path=path,
        note=note,
        given=chosen.given,
        events=tally.events,
        rows=tally.rows,
        left_out=dict(sorted(tally.left_out.items())),
    )


def _write(
    form: str,
    entry: Format,
    chosen: Chosen,
    path: Path,
    options: Options,
    tally: Tally,
) -> None:
    if form == "parquet":
        write_parquet(event_batches(chosen, texts=options.texts), path, tally)
        return
    if form == "duckdb":
        write_duckdb(chosen, path, tally, texts=options.texts)
        return
    with path.open("w", encoding="utf-8", newline="") as stream:
        if entry.write is None:
            write_graphml(chosen, stream, tally)
            return
        found = event_rows(
            chosen, columns=entry.needs, texts=options.texts, told=entry.told
        )
        entry.write(found, stream, options, tally)


def _entry(form: str, *, unit: str, header: bool, unreal: bool, texts: bool) -> Format:
    """Return the format; raise `UsageError` for what it does not have."""
    known = form in FORMATS or any(
        form == plugin.name for plugin in list_plugins(Group.EXPORTERS)
    )
    if not known:
        raise UsageError(f"no format {form!r}; the formats are {', '.join(FORMATS)}")
    if unit not in UNITS:
        raise UsageError(f"no unit {unit!r}; the units are {', '.join(UNITS)}")
    entry = FORMATS[form] if form in FORMATS else plugged_format(form)
    if not header and not entry.header:
        raise UsageError(f"{form} has no header to leave out; drop --no-header")
    if unreal and entry.status:
        raise UsageError(
            f"{form} tells what did not happen by its factuality, and has it already;"
            " drop --include-unreal"
        )
    if texts and not entry.texts:
        able = ", ".join(name for name, f in FORMATS.items() if f.texts)
        raise UsageError(f"{form} has no place for texts; those with one are {able}")
    return entry


def _check_path(record: Path, path: Path, note: Path, *, force: bool) -> None:
    if path.is_dir():
        raise UsageError(f"{path}: is a folder; name a file")
    if path.absolute().parent.resolve().is_relative_to(record.resolve()):
        raise UsageError(f"{path}: lies in the record; choose a place outside it")
    if not path.absolute().parent.is_dir():
        raise UsageError(f"{path.parent}: is no folder; make it first")
    for there in (path, note):
        if there.exists() and not force:
            raise UsageError(f"{there}: is there already; --force replaces it")


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """Give a name to write to; it becomes `path` at the end, or is removed."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield part
        part.replace(path)
    except OSError as err:
        raise StoreError(
            f"{path}: cannot write ({err.strerror or err}); see to disk space and"
            " permissions"
        ) from err
    finally:
        part.unlink(missing_ok=True)


def _last_run(chosen: Chosen) -> Run | None:
    connection = connect(chosen.record, as_of=chosen.as_of)
    found = rows(connection, "SELECT * FROM runs ORDER BY number DESC LIMIT 1")
    return next((run_of(row) for row in found), None)


def _program() -> str:
    from onrecord import __version__

    return f"onrecord {__version__}"
