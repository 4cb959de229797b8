"""Summaries answer as the tables do, run after run."""

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest

from onrecord.engine.run import run_reports
from onrecord.errors import RecordDamaged
from onrecord.show.views.located import locate
from onrecord.store import query
from onrecord.store.filters import Filters, narrow_where, where
from onrecord.store.head import read_head
from onrecord.store.summaries import FILE, of_tables, read_state
from onrecord.store.summaries_write import update_summaries
from tests.support.reports import coder, report

DAY = dt.date(2022, 1, 1)


def run(path: Path, number: int) -> None:
    texts = (f"A{number} met B and said {number}.", f"C{number} did not met D.")
    reports = [report(text, date=DAY + dt.timedelta(number)) for text in texts]
    run_reports(path, reports, inputs=[str(number)], coder=coder())


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two runs, each with an event that happened and one that did not."""
    path = tmp_path_factory.mktemp("summaries") / "record"
    for number in (1, 2):
        run(path, number)
    return path


@pytest.fixture
def record(kept: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    return Path(shutil.copytree(kept, tmp_path / "record"))


TABLES = (
    "events",
    "event_parties",
    "event_places",
    "dyads",
    "ties",
    "happenings",
    "reports",
    "stories",
    "tellings",
    "statements",
    "name_counts",
    "day_counts",
)


def held(path: Path, table: str) -> list[tuple[Any, ...]]:
    """Return the rows of a table of the summaries, in order."""
    connection = query.connect(path)
    found = connection.execute(f"SELECT * FROM summaries.{table} ORDER BY ALL")
    return found.fetchall()


def test_a_run_brings_them_up_to_its_record(record: Path) -> None:
    state = read_state(record)

    assert state is not None
    assert state.versions == of_tables(read_head(record).versions)


def test_what_runs_added_is_what_is_made_anew(record: Path) -> None:
    grown = {table: held(record, table) for table in TABLES}
    (record / FILE).unlink()
    update_summaries(record)

    assert grown == {table: held(record, table) for table in TABLES}
    assert all(grown.values())


def test_a_reader_that_has_them_open_reads_on(record: Path) -> None:
    connection = query.connect(record)
    run(record, 3)

    count = "SELECT count(*) FROM summaries.events"
    assert connection.execute(count).fetchall() == [(4,)]
    assert query.connect(record).execute(count).fetchall() == [(6,)]


def test_those_of_another_version_are_left_aside(record: Path) -> None:
    old = (record / FILE).read_bytes()
    run(record, 3)
    (record / FILE).write_bytes(old)

    databases = query.connect(record).execute("SHOW DATABASES").fetchall()
    assert ("summaries",) not in databases


def test_an_earlier_run_is_read_without_them(record: Path) -> None:
    databases = query.connect(record, as_of="1").execute("SHOW DATABASES").fetchall()
    assert ("summaries",) not in databases


def test_those_of_another_record_at_the_same_versions_are_left_aside(
    record: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    other = tmp_path / "other"
    for number in (5, 6):
        run(other, number)
    shutil.copyfile(other / FILE, record / FILE)

    databases = query.connect(record).execute("SHOW DATABASES").fetchall()
    assert ("summaries",) not in databases
    assert "of another record" in caplog.text


def test_those_of_another_record_are_brought_up_to_this_one(
    record: Path, tmp_path: Path
) -> None:
    right = {table: held(record, table) for table in TABLES}
    other = tmp_path / "other"
    for number in (5, 6):
        run(other, number)
    shutil.copyfile(other / FILE, record / FILE)
    update_summaries(record)

    assert right == {table: held(record, table) for table in TABLES}


def damage(record: Path) -> None:
    """Change a byte of the block that holds the hashes of the events."""
    with duckdb.connect(record / FILE, read_only=True) as connection:
        found = connection.execute("SELECT block_id FROM pragma_storage_info('events')")
        block = max(number for (number,) in found.fetchall() if number is not None)
    raw = bytearray((record / FILE).read_bytes())
    raw[3 * 4096 + 262_144 * block + 100] ^= 255
    (record / FILE).write_bytes(raw)


def test_a_damaged_block_is_said_with_what_to_do(record: Path) -> None:
    damage(record)
    connection = query.connect(record)

    with pytest.raises(RecordDamaged, match="delete that file: nothing is lost"):
        query.fetch(connection, "SELECT bit_xor(hash(t)) FROM summaries.events AS t")


def test_a_run_makes_anew_what_is_damaged(record: Path) -> None:
    damage(record)
    run(record, 3)

    assert len(held(record, "events")) == 6


def test_a_damaged_file_is_left_aside_and_made_anew(record: Path) -> None:
    (record / FILE).write_bytes(b"not a database")

    count = "SELECT count(*) FROM events"
    assert query.connect(record).execute(count).fetchall() == [(4,)]
    assert update_summaries(record)
    assert len(held(record, "events")) == 4


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"actors": ("a1", "C2")},
        {"actors": ("USA.GOV",)},
        {"recipients": ("met",)},
        {"recipients": ("me",)},
        {"countries": ("usa",)},
        {"countries": ("RUS",)},
        {"types": ("consult", "AID")},
        {"modes": ("change",)},
        {"contexts": ("diplomatic", "military")},
        {"factualities": ("negated",)},
        {"by": ("A1",)},
        {"since": dt.date(2022, 1, 3)},
        {"until": dt.date(2022, 1, 2)},
        {"places": ("minsk", "UKR")},
        {"stories": ("sto-none",)},
        {"min_confidence": 0.76},
        {"actors": ("A1",), "factualities": ("happened",), "types": ("CONSULT",)},
        {"actors": ("x'; DROP VIEW events; --",)},
    ],
)
def test_filters_fit_the_same_events(kept: Path, fields: dict[str, Any]) -> None:
    connection = query.connect(kept)
    wide, narrow = where(Filters(**fields)), narrow_where(Filters(**fields))
    sql = f"SELECT hash(event_id) AS event FROM events WHERE {wide.sql} ORDER BY 1"
    short = f"SELECT event FROM $narrow_events WHERE {narrow.sql} ORDER BY 1"

    expected = query.fetch(connection, sql, wide.parameters)
    found = query.fetch(connection, locate(connection, short), narrow.parameters)
    assert found == expected
