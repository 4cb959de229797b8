import datetime as dt
from pathlib import Path

import pytest

from onrecord.engine.run import run_reports
from onrecord.errors import QueryError, RecordDamaged, UsageError
from onrecord.store.query import connect, find_run, query, rows
from onrecord.store.rows import line_of
from tests.support.reports import coder, report


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("query") / "record"
    run_reports(path, [report("A met B and said 5.")], inputs=["one"], coder=coder())
    run_reports(path, [report("C did not met D.")], inputs=["two"], coder=coder())
    return path


def test_query_returns_rows_by_name(record: Path) -> None:
    found = query(record, "SELECT trigger.text AS t FROM events ORDER BY factuality")
    assert found.read_all().to_pylist() == [{"t": "met"}, {"t": "met"}]


def test_query_takes_parameters(record: Path) -> None:
    found = query(record, "SELECT $x::INTEGER AS x", {"x": 3})
    assert found.read_all().to_pylist() == [{"x": 3}]


def test_query_is_streamed(record: Path) -> None:
    found = query(record, "SELECT range AS n FROM range(1000000000)")
    assert found.read_next_batch().column("n")[0].as_py() == 0


def test_names_of_columns_are_kept_when_no_row_fits(record: Path) -> None:
    found = query(record, "SELECT doc_id FROM corrections")
    assert found.schema.names == ["doc_id"]
    assert found.read_all().num_rows == 0


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("SELEC 1", "syntax error"),
        ("SELECT nothing FROM events", "nothing"),
        ("SELECT 1; SELECT 2", "one statement, not 2"),
        ("", "one statement, not 0"),
        ("DELETE FROM events", "DELETE is not allowed"),
        ("CREATE TABLE t AS SELECT 1", "CREATE is not allowed"),
        ("COPY events TO 'x.csv'", "COPY is not allowed"),
        ("EXPLAIN ANALYZE COPY events TO 'x.csv'", "EXPLAIN is not allowed"),
        ("ATTACH 'x.db'", "ATTACH is not allowed"),
        ("SET threads = 1", "SET is not allowed"),
        ("SELECT * FROM read_text('/etc/hosts')", "disabled by configuration"),
        ("SELECT * FROM glob('/*')", "disabled by configuration"),
        ("SELECT * FROM read_csv('https://a.example/x.csv')", "."),
        ("SELECT 'x'::INTEGER FROM events", "Could not convert"),
    ],
)
def test_what_may_not_be_asked(record: Path, sql: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        query(record, sql).read_all()


def test_a_connection_cannot_be_opened_up_again(record: Path) -> None:
    import duckdb

    connection = connect(record)
    with pytest.raises(duckdb.Error, match="locked"):
        connection.execute("SET enable_external_access = true")


def test_describe_and_summarize_work(record: Path) -> None:
    assert query(record, "DESCRIBE events").read_all().num_rows == 29
    assert query(record, "SUMMARIZE stories").read_all().num_rows == 3


def test_as_of_shows_the_record_as_the_run_left_it(record: Path) -> None:
    first = connect(record, as_of="1")
    assert [r["file"] for r in rows(first, "SELECT file FROM reports")] == [
        "reports.jsonl"
    ]
    assert [r["number"] for r in rows(first, "SELECT number FROM runs")] == [1]
    assert len(list(rows(connect(record, as_of="2"), "FROM events"))) == 2


def test_run_is_found_by_number_id_and_start_of_id(record: Path) -> None:
    run = find_run(record, "2")
    assert run.number == 2
    assert find_run(record, run.run_id) == run
    assert find_run(record, run.run_id[:9]) == run


def test_unknown_run_names_the_last_ones(record: Path) -> None:
    with pytest.raises(UsageError, match=r"no run 'x'; the last runs are 1 \(run-"):
        find_run(record, "x")
    with pytest.raises(UsageError, match="the last runs"):
        find_run(record, "run-")
    with pytest.raises(UsageError, match="no run ''"):
        find_run(record, "")


def test_event_row_reads_back_as_its_line(record: Path) -> None:
    (row,) = rows(connect(record), "FROM events WHERE factuality = 'happened'")
    line = line_of("event", row)
    assert line["record"] == "event"
    assert line["when"] == {
        "from": "2022-01-29",
        "to": "2022-01-29",
        "basis": "publication",
        "granularity": "day",
        "spans": [],
    }
    assert line["where"][0]["name"] == "Minsk"
    assert line["actors"][0]["sectors"] == ["GOV"]
    assert line["attribution"][0]["cue"] == {"start": 2, "end": 5, "text": "met"}
    assert not line.keys() & {"places", "when_from", "when_spans"}
    assert row["when_from"] == dt.date(2022, 1, 29)


def test_missing_file_is_damage_and_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "record"
    run_reports(path, [report("A met B.")], inputs=["one"], coder=coder())
    for file in (path / "events").glob("*.parquet"):
        file.unlink()
    with pytest.raises(RecordDamaged, match="onrecord verify"):
        query(path, "FROM events").read_all()
