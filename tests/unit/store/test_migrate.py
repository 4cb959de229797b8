"""Records made by an earlier version: columns and tables are added, rows stay."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from onrecord.engine.run import run_reports
from onrecord.errors import StoreError
from onrecord.store import query, record, tables
from onrecord.store.head import HEAD_FILE, JOURNAL_FILE, read_head
from onrecord.store.query import connect, rows
from onrecord.store.record import open_record
from onrecord.store.tables import TABLES
from onrecord.store.verify import verify
from tests.support.reports import coder, report

STORY = {"story_id": "sto-1", "original": "doc-1", "report_count": 1}
NEW_STORIES = pa.schema(
    [
        ("story_id", pa.string()),
        ("outlet", pa.string()),
        ("original", pa.string()),
        ("report_count", pa.int64()),
        ("place", pa.struct([("name", pa.string()), ("lat", pa.float64())])),
    ]
)
OLD_STORIES = pa.schema(
    [*TABLES["stories"], ("place", pa.struct([("name", pa.string())]))]
)
OLD_STORY = {**STORY, "place": {"name": "Minsk"}}
NEW_STORY = {
    "story_id": "sto-2",
    "outlet": "Gazette",
    "original": "doc-2",
    "report_count": 1,
    "place": {"name": "Kyiv", "lat": 50.4},
}


def use(monkeypatch: pytest.MonkeyPatch, **schemas: pa.Schema | None) -> None:
    """Let the program have other tables than it has."""
    changed: dict[str, Any] = {**TABLES, **schemas}
    changed = {name: schema for name, schema in changed.items() if schema}
    for module in (tables, record, query):
        monkeypatch.setattr(module, "TABLES", changed)


def stories(path: Path) -> list[dict[str, Any]]:
    return list(rows(connect(path), "FROM stories ORDER BY story_id"))


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a record without table `links`, and with fewer columns in `stories`."""
    path = tmp_path / "record"
    with monkeypatch.context() as patch:
        use(patch, stories=OLD_STORIES, links=None)
        with open_record(path) as opened:
            opened.commit(run=None, add={"stories": [OLD_STORY]})
    return path


FILLED = {**OLD_STORY, "outlet": None, "place": {"name": "Minsk", "lat": None}}


def test_reader_fills_in_what_an_older_record_lacks(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, stories=NEW_STORIES)
    assert stories(old) == [FILLED]
    assert list(rows(connect(old), "FROM links")) == []


def test_writer_adds_columns_fields_and_tables(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, stories=NEW_STORIES)
    with open_record(old) as opened:
        opened.commit(run=None, add={"stories": [NEW_STORY]})
        found = rows(opened.connect("stories"), "FROM stories ORDER BY story_id")
        assert list(found) == [FILLED, NEW_STORY]
    assert stories(old) == [FILLED, NEW_STORY]
    assert set(read_head(old).versions) == set(TABLES)


def test_older_version_is_read_after_columns_were_added(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dict(read_head(old).versions)
    use(monkeypatch, stories=NEW_STORIES)
    with open_record(old) as opened:
        opened.commit(run=None, add={"stories": [NEW_STORY]})
    assert list(rows(query.connect_at(old, before), "FROM stories")) == [FILLED]


def test_nothing_is_added_twice(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, stories=NEW_STORIES)
    with open_record(old):
        pass
    before = read_head(old)
    with open_record(old):
        pass
    assert read_head(old) == before


def test_column_that_is_no_longer_written_stays_absent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "record"
    with monkeypatch.context() as patch:
        use(patch, stories=pa.schema([*TABLES["stories"], ("was", pa.string())]))
        with open_record(path) as opened:
            opened.commit(run=None, add={"stories": [{**STORY, "was": "here"}]})
    with open_record(path) as opened:
        opened.commit(run=None, add={"stories": [{**STORY, "story_id": "sto-2"}]})
    assert [row["story_id"] for row in stories(path)] == ["sto-1", "sto-2"]


def test_column_of_another_kind_is_refused(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = [*TABLES["stories"].remove(2), ("report_count", pa.list_(pa.string()))]
    use(monkeypatch, stories=pa.schema([*fields, ("outlet", pa.string())]))
    with pytest.raises(StoreError, match="run the reports again"), open_record(old):
        pass


def test_record_without_a_journal_gets_one(tmp_path: Path) -> None:
    path = tmp_path / "record"
    run_reports(path, [report("A met B")], inputs=["one"], coder=coder())
    (path / JOURNAL_FILE).unlink()
    head = (path / HEAD_FILE).read_text().replace('"commits"', '"commits_of_old"')
    (path / HEAD_FILE).write_text(head)
    assert list(verify(path)) == []
    with open_record(path):
        pass
    (file,) = (path / "events").glob("*.parquet")
    raw = file.read_bytes()
    file.write_bytes(raw[:-40] + bytes([raw[-40] ^ 1]) + raw[-39:])
    assert [f.where for f in verify(path)] == [str(file)]
