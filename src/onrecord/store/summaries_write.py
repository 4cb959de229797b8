"""Make the summaries of a record, and bring them up to what a run has added.

Rows are kept by the data file that they come from, and no data file ever changes: what
is new are the rows of new files, what is gone those of files that are gone. A reader
may have the summaries open meanwhile, so a copy is changed and put in their place.
"""

import logging
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import duckdb
import msgspec

from onrecord.store import narrow
from onrecord.store.delta import open_table, table_files
from onrecord.store.head import read_head
from onrecord.store.migrate import is_mixed
from onrecord.store.query import as_pattern, load_sql
from onrecord.store.summaries import (
    FILE,
    FORMAT,
    State,
    digest_of,
    of_tables,
    read_state,
)
from onrecord.store.tables import TABLES

DRAFT = f"{FILE}.new"
FILES_AT_ONCE = 3
MOSTLY_NEW = 0.5  # of the files of events: then to make all anew is faster
MANY = 1_000_000  # rows that are put in order when they are made
CONFIG = {"memory_limit": "1500MB"}
# Tables of which each row has one row here.
KEPT: Mapping[str, str] = {
    "reports": narrow.REPORTS,
    "memberships": narrow.MEMBERSHIPS,
    "stories": narrow.STORIES,
    "tellings": narrow.TELLINGS,
    "happenings": narrow.HAPPENINGS,
    "statements": narrow.STATEMENTS,
}
CODED, CORRECTED = "events", "corrected"
OF_EVENTS = (CODED, CORRECTED)  # rows of both are events
WHOLE_ROWS = frozenset({"events", "corrected", "reports", "happenings", "statements"})
FOUND_IN_EVENTS = ("event_parties", "dyads", "ties", "event_places")
REPLACED = """
SELECT hash(event_id) AS event FROM ({reviewed})
WHERE state = 'in_force' AND verdict = 'reject'
UNION SELECT hash(event_id) FROM ({corrected})
"""
NOTHING = {
    "reviewed": "SELECT NULL AS event_id, NULL AS state, NULL AS verdict WHERE false",
    "corrected": "SELECT NULL AS event_id WHERE false",
}
INSERT_EVENTS = """
INSERT INTO events
SELECT e.*, r.date, r.outlet, t.happening, coalesce(m.relation = 'original', false)
FROM ({events}) AS e
LEFT JOIN reports AS r USING (doc)
LEFT JOIN tellings AS t USING (telling)
LEFT JOIN memberships AS m USING (doc)
ORDER BY r.date, doc, begins
"""
BATCH_VOICES = f"""
CREATE OR REPLACE TEMP TABLE batch AS
SELECT *, {narrow.PARTY_KEY} AS party, hash(coalesce(entity_id, name)) AS node
FROM (SELECT DISTINCT * FROM ({narrow.VOICES}))
"""
BATCH_PARTIES = f"""
CREATE OR REPLACE TEMP TABLE batch AS
SELECT *, {narrow.PARTY_KEY} AS party,
    hash(coalesce(entity_id, name)) AS node
FROM ({narrow.PARTIES})
"""
INSERT_PARTIES = f"""
INSERT INTO parties
SELECT party, node, text, name, entity_id, country, sectors, {narrow.KEYS}
FROM (
    SELECT party, any_value(node) AS node, any_value(text) AS text,
        any_value(name) AS name, any_value(entity_id) AS entity_id,
        any_value(country) AS country, any_value(sectors) AS sectors
    FROM batch GROUP BY party
) ANTI JOIN (SELECT party FROM parties) USING (party)
"""
INSERT_EVENT_PARTIES = """
INSERT INTO event_parties
SELECT event, event_type, factuality, slot, party,
    row_number() OVER (PARTITION BY event, slot, name) = 1
FROM batch
"""
BATCH_DYADS = """
CREATE OR REPLACE TEMP TABLE batch_dyads AS
SELECT DISTINCT event, a.node AS source, r.node AS target, e.quad, e.score, e.factuality
FROM (SELECT event, node FROM batch WHERE slot = 'actor') AS a
JOIN (SELECT event, node FROM batch WHERE slot = 'recipient') AS r USING (event)
JOIN (SELECT hash(event_id) AS event, quad, score, factuality FROM $source) AS e
    USING (event)
WHERE a.node <> r.node
"""
INSERT_TIES = """
INSERT INTO ties
SELECT event, source FROM batch_dyads UNION SELECT event, target FROM batch_dyads
"""
BATCH_PLACES = f"""
CREATE OR REPLACE TEMP TABLE batch AS
SELECT *, hash(text, name, country, lat, lon, geonameid, "precision") AS place,
    hash(name, country, lat, lon, geonameid, "precision") AS spot
FROM ({narrow.PLACES})
"""
INSERT_PLACES = f"""
INSERT INTO places
SELECT place, spot, text, name, country, lat, lon, geonameid, "precision",
    {narrow.PLACE_KEYS}
FROM (
    SELECT place, any_value(spot) AS spot, any_value(text) AS text,
        any_value(name) AS name, any_value(country) AS country,
        any_value(lat) AS lat, any_value(lon) AS lon,
        any_value(geonameid) AS geonameid, any_value("precision") AS "precision"
    FROM batch GROUP BY place
) ANTI JOIN (SELECT place FROM places) USING (place)
"""
INSERT_EVENT_PLACES = """
INSERT INTO event_places
SELECT event, event_type, factuality, place, spot,
    row_number() OVER (PARTITION BY event) = 1,
    row_number() OVER (PARTITION BY event, name) = 1,
    row_number() OVER (PARTITION BY event, spot) = 1
FROM batch
"""
# Over all events; made anew with each run, which takes less than a second for millions.
COUNTS: Mapping[str, str] = {
    "name_counts": (
        "SELECT slot, party, count(*) FROM event_parties WHERE first_name GROUP BY ALL"
    ),
    "party_counts": (
        "SELECT party, count(*) FROM event_parties WHERE slot <> 'by' GROUP BY party"
    ),
    "node_counts": "SELECT node, count(*) FROM ties GROUP BY node",
    "pair_counts": (
        "SELECT source, target, quad, factuality, count(*), sum(score) FROM dyads"
        " GROUP BY ALL"
    ),
    "day_counts": narrow.DAY_COUNTS,
}
# What events have of other tables, where a run has changed that.
UPDATES: Mapping[str, str] = {
    "tellings": """
        UPDATE events SET happening = new.happening
        FROM (SELECT telling, happening FROM fresh) AS new
        WHERE events.telling = new.telling
            AND events.happening IS DISTINCT FROM new.happening
    """,
    "memberships": """
        UPDATE events SET original = new.original
        FROM (SELECT doc, relation = 'original' AS original FROM fresh) AS new
        WHERE events.doc = new.doc AND events.original <> new.original
    """,
}

logger = logging.getLogger(__name__)

Files = Mapping[str, tuple[str, ...]]


def update_summaries(record: Path) -> bool:
    """Bring the summaries up to the record's head; tell whether they could be.

    They cannot be where an older program wrote events without some column.
    """
    versions = of_tables(read_head(record).versions)
    live = _live_files(record, versions)
    if live is None:
        return False
    goal = State(
        format=FORMAT,
        engine=duckdb.__version__,
        versions=versions,
        files=digest_of({t: [Path(f) for f in files] for t, files in live.items()}),
    )
    state = read_state(record)
    if state == goal:
        return True
    if state is not None and _put(record, live, goal, begun=True):
        return True
    return _put(record, live, goal, begun=False)


def _put(record: Path, live: Files, goal: State, *, begun: bool) -> bool:
    """Put summaries in their place; tell whether they could be made."""
    draft = record / DRAFT
    try:
        draft.unlink(missing_ok=True)
        _make(record, draft, live, goal, begun=begun)
        draft.replace(record / FILE)
    except (duckdb.Error, OSError) as err:
        # The record is whole without them; only to read it takes longer.
        how = "made anew" if begun else "done without"
        logger.warning("%s: not brought up to date (%s); %s", record / FILE, err, how)
        draft.unlink(missing_ok=True)
        return False
    return True


def _live_files(record: Path, versions: Mapping[str, int]) -> Files | None:
    """Return the data files of each table; None where some may lack columns."""
    found: dict[str, tuple[str, ...]] = {}
    for name in (*KEPT, *OF_EVENTS, "reviewed"):
        found[name] = ()
        if name not in versions:
            continue
        folder = record.absolute() / name
        table = open_table(folder, versions[name])
        if is_mixed(table, TABLES[name]) and name in WHOLE_ROWS:
            return None
        paths = table_files(table, folder)
        found[name] = tuple(str(p.relative_to(record.absolute())) for p in paths)
    return found


def _make(record: Path, draft: Path, live: Files, goal: State, *, begun: bool) -> None:
    if begun:
        shutil.copyfile(record / FILE, draft)
    with duckdb.connect(draft, config=CONFIG) as connection:
        known = _known(connection) if begun else {}
        dirty = _replace(connection, record, live) if begun else frozenset()
        old = {f for name in OF_EVENTS for f in known.get(name, ())}
        new = {f for name in OF_EVENTS for f in live[name]}
        if begun and len((old - new) | dirty) > MOSTLY_NEW * len(old):
            begun = False
        if begun:
            _bring_up(connection, record, live, known, dirty)
            _write_state(connection, goal)
            return
    draft.unlink(missing_ok=True)
    with duckdb.connect(draft, config=CONFIG) as connection:
        for statement in load_sql("summaries").split(";\n"):
            connection.execute(statement)
        _replace(connection, record, live)
        _bring_up(connection, record, live, {}, frozenset())
        _put_in_order(connection)
        _write_state(connection, goal)


def _known(connection: duckdb.DuckDBPyConnection) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for table, filename in connection.execute("FROM files").fetchall():
        found.setdefault(table, set()).add(filename)
    return found


def _replace(
    connection: duckdb.DuckDBPyConnection, record: Path, live: Files
) -> frozenset[str]:
    """Set which events corrections replace; return the files that this changes."""
    sources = {
        name: f"SELECT * FROM {_read(record, live[name])}" if live[name] else nothing
        for name, nothing in NOTHING.items()
    }
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE now_replaced AS " + REPLACED.format(**sources)
    )
    changed = connection.execute(
        f"""
        SELECT DISTINCT filename FROM events SEMI JOIN now_replaced USING (event)
        WHERE starts_with(filename, '{CODED}/')
        UNION
        SELECT filename FROM replaced ANTI JOIN now_replaced USING (event)
        WHERE filename IS NOT NULL
        """
    ).fetchall()
    connection.execute("DELETE FROM replaced")
    connection.execute("INSERT INTO replaced SELECT event, NULL FROM now_replaced")
    return frozenset(filename for (filename,) in changed)


def _bring_up(
    connection: duckdb.DuckDBPyConnection,
    record: Path,
    live: Files,
    known: Mapping[str, set[str]],
    dirty: frozenset[str],
) -> None:
    for name, sql in KEPT.items():
        there = known.get(name, set())
        gone, new = there - set(live[name]), _new(live[name], there)
        update = UPDATES.get(name)
        if update and known:
            _note_gone(connection, name, gone)
        _drop(connection, name, gone)
        for some in _some(new):
            columns = (
                sql
                if narrow.PLACE in sql
                else sql.replace("FROM $source", ", filename FROM $source")
            )
            source = _read(record, some)
            connection.execute(
                f"INSERT INTO {name} {columns.replace('$source', source)}"
            )
            if name == "statements":
                connection.execute(BATCH_VOICES.replace("$source", source))
                connection.execute(INSERT_PARTIES)
        if update and known and (gone or new):
            _note_fresh(connection, name, new)
            connection.execute(update)
        _note_files(connection, name, gone, new)
    for name in OF_EVENTS:
        there = known.get(name, set())
        again = dirty & set(live[name])
        gone = (there - set(live[name])) | (again & there)
        new = _new(live[name], there - again)
        _drop_events(connection, gone)
        for some in _some(new):
            _add_events(connection, record, name, some)
        _note_files(connection, name, gone, new)


def _new(live: Iterable[str], known: set[str]) -> list[str]:
    return [filename for filename in live if filename not in known]


def _some(files: Sequence[str]) -> Iterable[Sequence[str]]:
    for start in range(0, len(files), FILES_AT_ONCE):
        yield files[start : start + FILES_AT_ONCE]


def _read(record: Path, files: Iterable[str]) -> str:
    """Return the SQL of the rows of some files, with the files' names in the record."""
    root = str(record.absolute())
    quoted = ("'" + as_pattern(Path(root) / f).replace("'", "''") + "'" for f in files)
    return (
        f"(SELECT * REPLACE (substr(filename, {len(root) + 2}) AS filename)"
        f" FROM read_parquet([{', '.join(quoted)}], filename = true,"
        " file_row_number = true, union_by_name = true))"
    )


def _add_events(
    connection: duckdb.DuckDBPyConnection,
    record: Path,
    name: str,
    files: Sequence[str],
) -> None:
    source = _read(record, files)
    if name == CODED:
        _note_replaced(connection, source)
        source = (
            f"(FROM {source} WHERE hash(event_id) NOT IN (SELECT event FROM replaced))"
        )
    for sql in (
        INSERT_EVENTS.format(events=narrow.EVENTS),
        BATCH_PARTIES,
        INSERT_PARTIES,
        INSERT_EVENT_PARTIES,
        BATCH_DYADS,
        "INSERT INTO dyads FROM batch_dyads",
        INSERT_TIES,
        BATCH_PLACES,
        INSERT_PLACES,
        INSERT_EVENT_PLACES,
    ):
        connection.execute(sql.replace("$source", source))


def _note_replaced(connection: duckdb.DuckDBPyConnection, source: str) -> None:
    """Keep in which file a replaced event lies: it comes back when that one is read."""
    ((count,),) = connection.execute("SELECT count(*) FROM replaced").fetchall()
    if count:
        connection.execute(
            "UPDATE replaced SET filename = e.filename FROM"
            f" (SELECT hash(event_id) AS event, filename FROM {source}) AS e"
            " WHERE e.event = replaced.event"
        )


def _drop(
    connection: duckdb.DuckDBPyConnection, name: str, files: Iterable[str]
) -> None:
    if files:
        sql = f"DELETE FROM {name} WHERE filename IN (SELECT unnest($files))"
        connection.execute(sql, {"files": sorted(files)})


def _drop_events(connection: duckdb.DuckDBPyConnection, files: Iterable[str]) -> None:
    if not files:
        return
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE dropped AS SELECT event FROM events"
        " WHERE filename IN (SELECT unnest($files))",
        {"files": sorted(files)},
    )
    for name in FOUND_IN_EVENTS:
        connection.execute(
            f"DELETE FROM {name} WHERE event IN (SELECT event FROM dropped)"
        )
    _drop(connection, "events", files)


def _note_gone(
    connection: duckdb.DuckDBPyConnection, name: str, files: Iterable[str]
) -> None:
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE left_behind AS SELECT * FROM {name}"
        " WHERE filename IN (SELECT unnest($files))",
        {"files": sorted(files)},
    )


def _note_fresh(
    connection: duckdb.DuckDBPyConnection, name: str, files: Iterable[str]
) -> None:
    """Make `fresh`: rows of new files, and for those that are gone one of NULLs."""
    key, value = ("telling", "happening") if name == "tellings" else ("doc", "relation")
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE fresh AS SELECT {key}, {value} FROM {name}"
        " WHERE filename IN (SELECT unnest($files))"
        f" UNION ALL SELECT {key}, NULL FROM left_behind"
        f" ANTI JOIN {name} USING ({key})",
        {"files": sorted(files)},
    )


def _note_files(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    gone: Iterable[str],
    new: Iterable[str],
) -> None:
    parameters = {"name": name, "files": sorted(gone)}
    connection.execute(
        'DELETE FROM files WHERE "table" = $name'
        " AND filename IN (SELECT unnest($files))",
        parameters,
    )
    connection.execute(
        "INSERT INTO files SELECT $name, unnest($files)",
        {"name": name, "files": sorted(new)},
    )


def _put_in_order(connection: duckdb.DuckDBPyConnection) -> None:
    """Lay the rows of one party side by side, so that a filter reads no others."""
    ((count,),) = connection.execute("SELECT count(*) FROM event_parties").fetchall()
    if count > MANY:
        connection.execute(
            "CREATE TABLE ordered AS FROM event_parties ORDER BY party, event"
        )
        connection.execute("DROP TABLE event_parties")
        connection.execute("ALTER TABLE ordered RENAME TO event_parties")


def _write_state(connection: duckdb.DuckDBPyConnection, goal: State) -> None:
    for name, sql in COUNTS.items():
        connection.execute(f"DELETE FROM {name}")
        connection.execute(f"INSERT INTO {name} {sql}")
    connection.execute("DELETE FROM state")
    connection.execute(
        "INSERT INTO state VALUES ($told)",
        {"told": msgspec.json.encode(goal).decode()},
    )
    connection.execute("CHECKPOINT")
