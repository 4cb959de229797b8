"""How long the views of a large record take: `python -m bench.views RECORD FOLDER`.

RECORD, such as that of the demo, is copied into FOLDER with new ids and later days
until it has `--events` events; each view is then timed, the median of `--times`.
"""

import argparse
import datetime as dt
import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import duckdb
import pyarrow as pa
from deltalake import write_deltalake

from onrecord.show.views.brief import brief
from onrecord.show.views.claims import claims
from onrecord.show.views.stories import stories, story
from onrecord.store.delta import create_table
from onrecord.store.filters import Filters
from onrecord.store.head import Head, write_head
from onrecord.store.query import connect, rows
from onrecord.store.tables import TABLES

AT_ONCE = 100  # copies in one file
ABREAST = 5  # copies on the same days
IDS = frozenset(
    [
        "event_id",
        "doc_id",
        "story_id",
        "telling_id",
        "statement_id",
        "quantity_id",
        "happening_id",
        "exact_id",
        "first",
        "follows",
        "against",
        "original",
    ]
)
ID_LISTS = frozenset({"tellings"})
DAYS = frozenset(["date", "when_from", "when_to", "first_reported", "last_reported"])
NOT_READ = frozenset({"fingerprints", "profiles", "runs", "rejected", "corrections"})

SIZE = """
SELECT (SELECT count(*) FROM events) AS events, max(date) - min(date) + 1 AS span
FROM reports
"""


def main() -> None:
    """Make the record unless it is there, and print a line for each view."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("record", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=10)
    asked = parser.parse_args()
    if not asked.folder.exists():
        grow(asked.record, asked.folder, events=asked.events)
    for name, view in views(asked.folder):
        wall, worked = median_seconds(view, asked.times)
        print(f"{name:<28} {wall:.3f} s, {worked:.3f} s of work", flush=True)


def views(record: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield each view by name, ready to be called."""
    (found,) = rows(connect(record), "SELECT max(date) AS last FROM reports")
    last: dt.date = found["last"]
    days = [("a day", 0), ("a week", 6), ("a year", 364)]
    for name, length in days:
        filters = Filters(since=last - dt.timedelta(length))
        yield f"brief, {name}", partial(brief, record, filters)
    filters = Filters(since=last - dt.timedelta(6), countries=("RUS",))
    yield "brief, a week, one country", partial(brief, record, filters)
    yield "stories", partial(stories, record, Filters())
    yield "stories, a week, one country", partial(stories, record, filters)
    one = stories(record, Filters(), limit=1).stories[0].story_id
    yield "one story", partial(story, record, one)
    yield "claims", partial(claims, record, Filters())
    yield "claims, a week, one country", partial(claims, record, filters)


def median_seconds(view: Callable[[], object], times: int) -> tuple[float, float]:
    """Return how long a view takes and how long processors work on it, the medians."""
    taken, worked = [], []
    for _ in range(times):
        began, busy = time.perf_counter(), time.process_time()
        view()
        taken.append(time.perf_counter() - began)
        worked.append(time.process_time() - busy)
    return statistics.median(taken), statistics.median(worked)


def grow(record: Path, folder: Path, *, events: int) -> None:
    """Write a record of `events` events that is made of copies of another."""
    source = connect(record)
    (found,) = rows(source, SIZE)
    copies = -(-events // found["events"])
    versions: dict[str, int] = {}
    for name, schema in TABLES.items():
        target = folder / name
        create_table(target, schema)
        versions[name] = 0
        for start in range(0, 0 if name in NOT_READ else copies, AT_ONCE):
            stop = min(copies, start + AT_ONCE)
            write_deltalake(
                target, copied(source, name, start, stop, found["span"]), mode="append"
            )
            versions[name] += 1
    write_head(folder, Head(versions=versions))


def copied(
    source: duckdb.DuckDBPyConnection, name: str, start: int, stop: int, span: int
) -> pa.Table:
    """Return copies `start` to `stop` of a table's rows."""
    columns = ", ".join(column(name, field) for field in TABLES[name])
    sql = (
        f"SELECT {columns} FROM {name},"
        f" (SELECT range AS k, (range // {ABREAST}) * {span} AS later"
        f" FROM range({start}, {stop}))"
    )
    return source.sql(sql).to_arrow_table().cast(TABLES[name])


def column(table: str, field: pa.Field) -> str:
    """Return the SQL of a copied column."""
    name = f'"{field.name}"'
    if field.name in IDS or (field.name == "of" and table in ("memberships", "links")):
        return f"{name} || '-' || k AS {name}"
    if field.name in ID_LISTS or (field.name == "events" and table == "statements"):
        return f"list_transform({name}, lambda i: i || '-' || k) AS {name}"
    if field.name == "numbers":
        struct = "struct_update(n, event_id := n.event_id || '-' || k)"
        return f"list_transform({name}, lambda n: {struct}) AS {name}"
    if field.name in DAYS:
        return f"({name} + later::INTEGER) AS {name}"
    return name


if __name__ == "__main__":
    main()
