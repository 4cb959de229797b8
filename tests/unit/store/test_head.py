import json
from pathlib import Path

import pytest

from onrecord.errors import NotARecord, RecordDamaged, StoreError
from onrecord.store.head import HEAD_FILE, Head, read_head, write_head


def test_head_reads_as_written(tmp_path: Path) -> None:
    head = Head(versions={"events": 3})
    write_head(tmp_path, head)
    assert read_head(tmp_path) == head
    assert json.loads((tmp_path / HEAD_FILE).read_text()) == {
        "record": "onrecord",
        "schema_version": 1,
        "commits": 0,
        "versions": {"events": 3},
        "run": None,
        "mending": [],
    }


def test_no_draft_is_left(tmp_path: Path) -> None:
    write_head(tmp_path, Head())
    assert [p.name for p in tmp_path.iterdir()] == [HEAD_FILE]


def test_missing_folder_says_how_to_make_a_record(tmp_path: Path) -> None:
    with pytest.raises(NotARecord, match="onrecord run"):
        read_head(tmp_path / "none")


def test_other_folder_is_not_a_record(tmp_path: Path) -> None:
    with pytest.raises(NotARecord, match=r"without record\.json"):
        read_head(tmp_path)


def test_file_is_not_a_record(tmp_path: Path) -> None:
    path = tmp_path / "reports.jsonl"
    path.write_text("{}")
    with pytest.raises(NotARecord, match="is a file"):
        read_head(path)


@pytest.mark.parametrize("raw", [b"", b"{", b'{"versions": 3}', b"\xff\xfe"])
def test_damaged_head_says_so(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / HEAD_FILE).write_bytes(raw)
    with pytest.raises(RecordDamaged, match="again from the journal"):
        read_head(tmp_path)


def test_newer_schema_asks_for_a_newer_program(tmp_path: Path) -> None:
    write_head(tmp_path, Head(schema_version=99))
    with pytest.raises(StoreError, match="newer onrecord"):
        read_head(tmp_path)
