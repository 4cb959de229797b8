"""Write a record as a page of static files."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from onrecord import __version__
from onrecord.errors import StoreError
from onrecord.show.service.utf16 import with_utf16
from onrecord.show.site.chosen import Source, choose
from onrecord.show.site.core import core
from onrecord.show.site.counts import count_rows
from onrecord.show.site.events import EventTables, event_files
from onrecord.show.site.folder import MARK, check_folder, replacing
from onrecord.show.site.moves import moves
from onrecord.show.site.pack import pack
from onrecord.show.site.reports import report_files, report_list
from onrecord.show.site.script import as_script
from onrecord.show.site.stories import story_files
from onrecord.show.values import plain_value
from onrecord.show.views.numbers import numbers
from onrecord.show.views.positions import positions
from onrecord.store.filters import Filters

BUILT = Path(__file__).resolve().parent.parent / "web" / "site"
MOST_EVENTS = 50_000
LIMIT = 50  # lines and issues, as the service has them unless asked
HAPPENINGS = """
SELECT * FROM happenings
WHERE $all OR happening_id IN (
    SELECT happening_id FROM tellings SEMI JOIN (
        SELECT telling_id FROM events SEMI JOIN kept_events USING (event_id)
    ) USING (telling_id)
) ORDER BY happening_id
"""


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """What was written, with `size` in bytes."""

    folder: Path
    events: int
    reports: int
    files: int
    size: int


def write_site(
    record: Path,
    folder: Path,
    filters: Filters | None = None,
    *,
    as_of: str | None = None,
    texts: bool = False,
    most: int = MOST_EVENTS,
    force: bool = False,
    built: Path | None = None,
) -> Site:
    """Write the page of a record, with all that it shows, into a folder.

    Without `texts` only the sentences that something was read in and the words around
    them are copied, not whole reports. Raises `UsageError` for more than `most` events
    and for a folder that holds anything but a former site, unless `force`.
    """
    check_folder(folder, record, force=force)
    page = built or BUILT
    if not (page / "index.html").is_file():
        raise StoreError(
            "this installation has no page, since it was made without npm; install a"
            " wheel of onrecord, which carries it, or install Node.js with npm and then"
            " onrecord from its source again: pip install ."
        )
    source = choose(record, filters or Filters(), as_of=as_of, texts=texts, most=most)
    tables = EventTables()
    sizes: list[int] = []
    with replacing(folder) as part:
        shutil.copytree(page, part, dirs_exist_ok=True)
        (part / "data").mkdir()
        for name, data in _files(source, tables):
            script = as_script(name, data)
            (part / "data" / f"{name}.js").write_bytes(script)
            sizes.append(len(script))
        mark = {"form": "onrecord site 1", "program": __version__}
        (part / MARK).write_bytes(msgspec.json.encode(mark) + b"\n")
    (reports,) = source.rows("SELECT count(*) AS n FROM kept_reports")
    return Site(
        folder=folder,
        events=len(tables.columns["id"]),
        reports=reports["n"],
        files=len(sizes),
        size=sum(sizes),
    )


def _files(source: Source, tables: EventTables) -> Iterator[tuple[str, Any]]:
    """Yield the name and the data of each file."""
    for at, chunk in enumerate(event_files(source, tables)):
        yield f"events-{at}", chunk
    for at, chunk in enumerate(report_files(source)):
        yield f"reports-{at}", chunk
    for at, chunk in enumerate(story_files(source)):
        yield f"stories-{at}", chunk
    whole = str(not source.filtered).lower()
    yield "happenings", pack(source.rows(HAPPENINGS.replace("$all", whole)))
    yield "reports", report_list(source)
    yield "amounts", tables.amounts
    yield "counts", count_rows(source)
    yield "moves", moves(source)
    yield "core", core(source, tables)
    if not source.filtered:
        yield "numbers", _plain(_unfiltered(numbers, source))
        yield "positions", _plain(_unfiltered(positions, source))


def _unfiltered(view: Any, source: Source) -> Any:
    """Return what a view shows at first, worked out once and for all."""
    return view(source.record, Filters(), limit=LIMIT, as_of=source.as_of)


def _plain(value: Any) -> Any:
    return with_utf16(msgspec.to_builtins(value, enc_hook=plain_value))
