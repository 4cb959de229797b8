"""SQL of strangers: no files, no network, and an end."""

import pytest

from onrecord.errors import QueryError
from onrecord.show.service import sandbox
from onrecord.show.service.sandbox import Busy, Sandbox, first_rows


@pytest.fixture(scope="module")
def box(record):
    box = Sandbox(record)
    yield box
    box.close()


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "FROM read_text('/etc/passwd')",
        "FROM read_blob('/etc/passwd')",
        "FROM '/etc/passwd'",
        "FROM glob('/etc/*')",
        "FROM read_parquet('https://example.com/x.parquet')",
        "COPY events TO '/tmp/x.csv'",
        "COPY (SELECT 1) TO '/tmp/x.csv'",
        "EXPORT DATABASE '/tmp/x'",
        "ATTACH '/tmp/x.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "PRAGMA database_list",
        "SET enable_external_access = true",
        "RESET memory_limit",
        "CREATE TABLE x AS SELECT 1",
        "DROP VIEW events",
        "INSERT INTO events SELECT * FROM events",
        "CALL pragma_version()",
        "SELECT 1; SELECT 2",
        "SELECT getenv('HOME')",
        "SELECT * FROM lists",
        "",
    ],
)
def test_what_reaches_beyond_the_record_is_refused(record, sql):
    with pytest.raises(QueryError):
        first_rows(record, sql)


def test_first_rows_and_whether_there_are_more(record):
    found = first_rows(record, "SELECT range AS n FROM range(1001) ORDER BY n")
    assert (found.columns, len(found.rows), found.truncated) == (("n",), 1000, True)
    assert first_rows(record, "SELECT 1").truncated is False


def test_values_are_those_that_json_has(record):
    found = first_rows(record, "SELECT 'NaN'::DOUBLE, DATE '2022-01-29', [1, 2]")
    assert found.rows == ((None, "2022-01-29", [1, 2]),)


def test_a_huge_answer_is_refused(record):
    with pytest.raises(QueryError, match="more than 16 MB"):
        first_rows(record, "SELECT repeat('x', 17_000_000)")


def test_memory_has_a_limit(record):
    with pytest.raises(QueryError):
        first_rows(record, "SELECT list(range) FROM range(200_000_000)")


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT count(*) FROM range(10000000) a, range(10000000) b",
        # DuckDB cannot be told to stop while it works out a constant.
        "SELECT levenshtein(repeat('a', 200000), repeat('b', 200000))",
    ],
)
def test_a_slow_query_is_ended_and_the_next_answered(box, monkeypatch, sql):
    monkeypatch.setattr(sandbox, "SECONDS", 0.5)
    with pytest.raises(QueryError, match="longer than"):
        box.ask(sql)
    monkeypatch.setattr(sandbox, "SECONDS", 60.0)
    assert box.ask("SELECT count(*) FROM events").rows == ((3,),)


def test_a_refusal_comes_back_from_the_process(box):
    with pytest.raises(QueryError, match="disabled by configuration"):
        box.ask("FROM read_text('/etc/passwd')")


def test_while_one_query_runs_another_does_not_wait_for_ever(box, monkeypatch):
    monkeypatch.setattr(sandbox, "BUSY", 0.01)
    with box._turn(), pytest.raises(Busy):
        box.ask("SELECT 1")


def test_the_address_answers(ask):
    answer = ask("/api/sql", params={"q": "SELECT count(*) AS n FROM events"})
    assert answer.json() == {"columns": ["n"], "rows": [[3]], "truncated": False}
    assert ask("/api/sql", params={"q": "SELEC"}).status_code == 422
    assert ask("/api/sql").status_code == 400
