"""A record opened from Python."""

import datetime as dt

import pytest

import onrecord
from onrecord.engine.run import run_reports
from onrecord.errors import NotARecord, QueryError, UsageError
from tests.support import reports
from tests.support.exports import make_record


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return make_record(tmp_path_factory.mktemp("open") / "rec")


@pytest.fixture(scope="module")
def record(path):
    return onrecord.open_record(path)


def test_tables_have_as_many_rows_as_they_say(record):
    tables = (record.events(), record.statements(), record.quantities())
    assert [len(table) for table in tables] == [4, 1, 3]
    assert [len(list(table)) for table in tables] == [4, 1, 3]
    assert len(record.runs()) == 1


def test_filters_are_those_of_the_commands(record):
    assert len(record.events(factuality="negated")) == 1
    assert len(record.events(factuality=["negated", "happened"])) == 4
    assert len(record.events(since=dt.date(2022, 1, 23))) == 1
    assert len(record.events(country="United States", min_confidence=0.7)) == 4
    assert len(record.happenings(factuality="negated")) == 1
    assert len(record.statements(type="say")) == 1


@pytest.mark.parametrize("wrong", [{"colour": "red"}, {"type": "DANCE"}])
def test_a_filter_that_cannot_be_is_an_error(record, wrong):
    with pytest.raises(UsageError):
        record.events(**wrong)


def test_a_filter_that_a_table_lacks_is_an_error(record):
    with pytest.raises(UsageError, match="quantities cannot be filtered by types"):
        record.quantities(type="AID")


def test_rows_are_dicts(record):
    row = next(iter(record.events()))
    assert row["event_type"] == "CONSULT"
    assert tuple(row) == record.events().columns


def test_arrow_has_the_types_of_the_table(record):
    table = record.events().arrow()
    assert (table.num_rows, str(table.schema.field("when_from").type)) == (
        4,
        "date32[day]",
    )


def test_pandas_gets_a_frame(record):
    pytest.importorskip("pandas")
    assert record.events().df().shape == (4, len(record.events().columns))


def test_polars_gets_a_frame(record):
    pytest.importorskip("polars")
    assert record.events().pl().shape == (4, len(record.events().columns))


def test_a_library_that_is_missing_is_named(record, monkeypatch):
    def none(name):
        raise ImportError(name)

    monkeypatch.setattr("importlib.import_module", none)
    with pytest.raises(UsageError, match="pip install pandas"):
        record.events().df()


def test_sql_reads_and_never_writes(record):
    assert list(record.query("SELECT $n + 1 AS m", {"n": 1})) == [{"m": 2}]
    with pytest.raises(QueryError):
        list(record.query("DROP TABLE events"))


@pytest.mark.parametrize(
    "sql",
    ["SELECT 1;", "SELECT 1 -- one", "WITH a AS (SELECT 1) FROM a", "DESCRIBE runs"],
)
def test_any_query_can_be_counted_and_shown(record, sql):
    table = record.query(sql)
    assert len(table) == len(list(table)) > 0
    assert f"{len(table)} rows" in table._repr_html_()


def test_a_limit_is_a_table_of_its_own(record):
    assert len(record.events().limit(2)) == 2


def test_a_notebook_gets_a_table(record):
    assert "<mark" in record.events()._repr_html_()
    assert "4 rows" in record.query("SELECT event_id FROM events")._repr_html_()


def test_a_table_says_what_it_is(record):
    assert repr(record.events()) == "<4 events of rec>"


def test_an_event_is_explained(record):
    event_id = next(iter(record.events()))["event_id"]
    explained = record.explain(event_id[:12])
    assert explained.event["event_id"] == event_id
    assert explained.report["outlet"] in ("Gazette", "Herald")
    assert "[type" in repr(explained)
    assert "<mark" in explained._repr_html_()


def test_an_older_run_is_read_as_it_was(tmp_path):
    path = make_record(tmp_path / "rec")
    later = reports.report("Later met.", date=dt.date(2022, 2, 1))
    run_reports(path, [later], inputs=["y"], coder=reports.coder())
    assert len(onrecord.open_record(path).events()) == 5
    assert len(onrecord.open_record(path, as_of=1).events()) == 4


def test_an_export_is_one_call(record, tmp_path):
    done = record.export("csv", tmp_path / "out.csv", factuality="happened")
    assert (done.events, done.path.exists(), done.note.exists()) == (3, True, True)


def test_a_folder_that_is_no_record_is_an_error(tmp_path):
    with pytest.raises(NotARecord):
        onrecord.open_record(tmp_path / "none")
