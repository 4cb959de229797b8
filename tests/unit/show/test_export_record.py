"""Exports of a record on disk, read back by other libraries."""

import csv
import datetime as dt
import xml.etree.ElementTree as ET
from itertools import groupby

import duckdb
import pyarrow.parquet as pq
import pytest

from onrecord.engine.run import run_reports
from onrecord.errors import NotARecord, UsageError
from onrecord.show.export import export as exporting
from onrecord.show.export.export import export_record
from onrecord.show.export.formats import FORMATS
from onrecord.store.filters import Filters
from onrecord.store.query import connect, rows
from onrecord.store.record import Removal, open_record
from onrecord.store.rows import event_row
from onrecord.store.tables import EVENTS
from tests.support import reports
from tests.support.exports import make_record
from tests.support.lines import build_event, build_party

TWO_SIDES = (("Russia", "RUS"), ("European Union", "EUR"))
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    return make_record(tmp_path_factory.mktemp("exports") / "rec")


@pytest.fixture(scope="module")
def one_happening(tmp_path_factory):
    """Three events that happened are one happening, that two stories tell of."""
    path = make_record(tmp_path_factory.mktemp("happening") / "rec")
    connection = connect(path)
    told = list(rows(connection, "SELECT * FROM tellings"))
    happened = "SELECT telling_id FROM events WHERE factuality = 'happened'"
    ids = [row["telling_id"] for row in rows(connection, happened)]
    first = (
        "SELECT telling_id FROM events WHERE trigger.start = 7 AND attribution <> []"
    )
    (opening,) = rows(connection, first)
    moved = [{**r, "happening_id": "hap-one"} for r in told if r["telling_id"] in ids]
    one = {"happening_id": "hap-one", "first": opening["telling_id"], "origins": 2}
    with open_record(path) as record:
        record.commit(
            run=None,
            add={"tellings": moved, "happenings": [one]},
            remove=[Removal("tellings", "telling_id", tuple(ids))],
        )
    return path


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


def sheet(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


@pytest.mark.parametrize("form", FORMATS)
def test_every_export_has_a_note_whose_counts_sum(record, out, form):
    done = export_record(record, form, out)
    assert done.given == 4
    assert done.events + sum(done.left_out.values()) == 4
    note = done.note.read_text(encoding="utf-8")
    assert note.startswith("What out is")
    counts = note.split("Counts\n\n")[1].split("\n\n")[0].splitlines()
    total = 0
    for line in counts[:-1]:
        mark, number = line[0], int(line[1:].split()[0].replace(",", ""))
        if mark == "=":
            assert total == number == done.events
        total += -number if mark == "-" else number
    assert sorted(p.name for p in out.parent.iterdir()) == ["out", "out.note.txt"]


@pytest.mark.parametrize("form", FORMATS)
def test_an_empty_choice_is_a_whole_file(record, out, form):
    done = export_record(record, form, out, Filters(types=("ASSAULT",)))
    assert (done.given, done.events, done.rows) == (0, 0, 0)
    assert out.stat().st_size > 0 or form == "plover"


@pytest.mark.parametrize("form", FORMATS)
def test_two_exports_of_a_record_are_the_same(record, tmp_path, form):
    if form == "duckdb":
        pytest.skip("a DuckDB file has ids of its own")
    one, two = tmp_path / "one", tmp_path / "two"
    export_record(record, form, one)
    export_record(record, form, two)
    assert one.read_bytes() == two.read_bytes()


def test_csv_holds_every_event_whatever_its_status(record, out):
    export_record(record, "csv", out)
    rows = sheet(out)
    assert [row["factuality"] for row in rows].count("happened") == 3
    assert {row["trigger"] for row in rows} == {"met"}


def test_a_copy_counts_as_an_article_and_a_mention(one_happening, out):
    export_record(one_happening, "gdelt", out)
    rows = [line.split("\t") for line in out.read_text("utf-8").splitlines()[1:]]
    columns = FORMATS["gdelt"].columns
    counts = [columns.index(f"Num{n}") for n in ("Mentions", "Articles", "Sources")]
    assert {tuple(row[i] for i in counts) for row in rows} == {("5", "3", "2")}


def test_parquet_has_the_columns_of_events_first(record, out):
    export_record(record, "parquet", out)
    table = pq.read_table(out)
    assert table.num_rows == 4
    assert tuple(table.column_names) == FORMATS["parquet"].columns
    for field in EVENTS:
        assert table.schema.field(field.name).type == field.type


def test_parquet_has_texts_only_when_asked_for(record, tmp_path):
    export_record(record, "parquet", tmp_path / "plain")
    export_record(record, "parquet", tmp_path / "full", texts=True)
    assert "report_text" not in pq.read_schema(tmp_path / "plain").names
    texts = pq.read_table(tmp_path / "full")["report_text"].to_pylist()
    assert "=1+1 met\tso \U0001f600." in texts


def test_a_duckdb_file_has_the_tables(record, out):
    export_record(record, "duckdb", out)
    with duckdb.connect(str(out), read_only=True) as connection:
        counts = {
            name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
            for (name,) in connection.execute("SHOW TABLES").fetchall()
        }
        columns = [
            name for name, *_ in connection.execute("DESCRIBE reports").fetchall()
        ]
    assert (counts["events"], counts["reports"], counts["runs"]) == (4, 4, 1)
    assert (counts["statements"], counts["quantities"]) == (1, 3)
    assert "text" not in columns


def test_a_duckdb_file_holds_what_belongs_to_the_chosen_events(record, out):
    export_record(record, "duckdb", out, Filters(factualities=("negated",)))
    with duckdb.connect(str(out), read_only=True) as connection:
        found = connection.execute(
            "SELECT (SELECT count(*) FROM events), (SELECT count(*) FROM reports),"
            " (SELECT count(*) FROM statements), (SELECT count(*) FROM event_parties)"
        ).fetchone()
    assert found == (1, 1, 0, 2)


def test_graphml_counts_by_status(record, out):
    export_record(record, "graphml", out)
    graph = ET.parse(out).getroot().find(f"{GRAPHML}graph")
    nodes = {node.get("id") for node in graph.iter(f"{GRAPHML}node")}
    edges = list(graph.iter(f"{GRAPHML}edge"))
    assert {e.get(end) for e in edges for end in ("source", "target")} <= nodes
    data = [
        {d.get("key"): d.text for d in edge.iter(f"{GRAPHML}data")} for edge in edges
    ]
    assert sum(int(d["edge-weight"]) for d in data) == 3
    assert sum(int(d.get("edge-negated", 0)) for d in data) == 1
    assert sum(int(d.get("edge-CONSULT_negated", 0)) for d in data) == 1


def test_parties_of_talks_are_joined_and_others_pointed_at(tmp_path, out):
    path = make_record(tmp_path / "rec")
    russia, union = (
        build_party("Russia", name, country=code) for name, code in TWO_SIDES
    )
    talks = event_row(build_event(event_type="CONSULT", actors=[union, russia]))
    with open_record(path) as record:
        record.commit(run=None, add={"events": [talks]})
    done = export_record(path, "graphml", out)
    assert done.events == 5
    graph = pytest.importorskip("networkx").read_graphml(out)
    edges = {(a, b): data for a, b, data in graph.edges(data=True)}
    assert edges["ent-european union", "ent-russia"]["together"] is True
    assert edges["ent-european union", "ent-russia"]["CONSULT_happened"] == 1
    assert [data["together"] for data in edges.values()].count(False) == 2


def test_a_happening_is_one_row_its_first_mention(one_happening, out):
    done = export_record(one_happening, "csv", out, unit="happenings")
    shown = {row["happening_id"]: row["trigger_start"] for row in sheet(out)}
    assert (done.given, done.events, len(shown)) == (2, 2, 2)
    assert shown["hap-one"] == "7"
    note = done.note.read_text(encoding="utf-8")
    assert "2  further mentions of a happening that is shown by another" in note


def test_what_did_not_happen_is_written_when_asked_for(record, out):
    plain = export_record(record, "gdelt", out)
    asked = export_record(record, "gdelt", out, unreal=True, force=True)
    assert asked.events == plain.events + 1


def test_an_older_run_is_exported_as_it_was(tmp_path):
    path = make_record(tmp_path / "rec")
    later = reports.report("Later met.", date=dt.date(2022, 2, 1))
    run_reports(path, [later], inputs=["y"], coder=reports.coder())
    assert export_record(path, "csv", tmp_path / "now").given == 5
    assert export_record(path, "csv", tmp_path / "then", as_of="1").given == 4


def test_events_of_a_report_stand_together(record, out):
    export_record(record, "csv", out)
    docs = [row["doc_id"] for row in sheet(out)]
    assert len(list(groupby(docs))) == len(set(docs))


def test_a_file_that_is_there_stays_unless_forced(record, out):
    out.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="--force"):
        export_record(record, "csv", out)
    assert out.read_text(encoding="utf-8") == "mine"
    export_record(record, "csv", out, force=True)
    assert out.read_text(encoding="utf-8").startswith("event_id,")


def test_a_failure_leaves_nothing_behind(record, out, monkeypatch):
    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exporting, "_write", fail)
    with pytest.raises(exporting.StoreError, match="No space left"):
        export_record(record, "csv", out)
    assert list(out.parent.iterdir()) == []


@pytest.mark.parametrize(
    ("form", "options", "message"),
    [
        ("xlsx", {}, "the formats are csv"),
        ("csv", {"unit": "days"}, "the units are"),
        ("parquet", {"header": False}, "has no header"),
        ("csv", {"unreal": True}, "drop --include-unreal"),
        ("gdelt", {"texts": True}, "those with one are csv"),
    ],
)
def test_what_a_format_does_not_have_is_an_error(record, out, form, options, message):
    with pytest.raises(UsageError, match=message):
        export_record(record, form, out, **options)


def test_a_place_that_cannot_be_is_an_error(record, tmp_path):
    with pytest.raises(UsageError, match="is a folder"):
        export_record(record, "csv", tmp_path)
    with pytest.raises(UsageError, match="make it first"):
        export_record(record, "csv", tmp_path / "no" / "out")
    with pytest.raises(UsageError, match="lies in the record"):
        export_record(record, "csv", record / "out.csv")


def test_a_folder_that_is_no_record_is_an_error(tmp_path, out):
    with pytest.raises(NotARecord):
        export_record(tmp_path / "none", "csv", out)
