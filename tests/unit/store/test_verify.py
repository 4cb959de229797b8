import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.engine.run import run_reports
from onrecord.errors import NotARecord
from onrecord.store.head import HEAD_FILE, JOURNAL_FILE
from onrecord.store.query import connect, rows
from onrecord.store.record import Record, Removal, open_record
from onrecord.store.verify import FINDINGS_A_CHECK, verify
from tests.support.reports import coder, report


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "record"
    reports = [
        report("A met B and said 5."),
        report("A met B, and said 5", date=dt.date(2022, 1, 30)),
        report("FAIL"),
    ]
    run_reports(path, reports, inputs=["one"], coder=coder())
    return path


def problems(record: Path) -> list[str]:
    return [f"{f.where}: {f.problem}" for f in verify(record)]


def files_of(record: Path) -> list[Path]:
    return sorted(p for p in record.rglob("*") if p.is_file() and p.suffix)


def row_of(record: Path, table: str) -> dict[str, object]:
    return next(iter(rows(connect(record), f"FROM {table}")))


def test_whole_record_has_no_findings(record: Path) -> None:
    assert problems(record) == []


def test_new_record_has_no_findings(tmp_path: Path) -> None:
    with open_record(tmp_path):
        pass
    assert problems(tmp_path) == []


def test_other_folder_is_not_a_record(tmp_path: Path) -> None:
    with pytest.raises(NotARecord):
        list(verify(tmp_path))


def test_damaged_head_is_found(record: Path) -> None:
    (record / HEAD_FILE).write_text("{")
    (finding,) = verify(record)
    assert HEAD_FILE in finding.problem


def test_missing_file_is_named(record: Path) -> None:
    (file,) = (record / "events").glob("*.parquet")
    file.unlink()
    assert problems(record) == [f"{file}: the file is missing"]


def test_overwritten_file_is_named(record: Path) -> None:
    (file,) = (record / "statements").glob("*.parquet")
    file.write_bytes(b"PAR1" + b"\0" * 100)
    assert problems(record) == [f"{file}: is not as it was written"]


@pytest.mark.parametrize("place", [0.02, 0.3, 0.5, 0.7, 0.98])
def test_flipped_bit_is_found_wherever_it_is(record: Path, place: float) -> None:
    for file in files_of(record):
        raw = file.read_bytes()
        at = int(place * len(raw))
        file.write_bytes(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])
        assert len(problems(record)) > 0, file
        file.write_bytes(raw)
    assert problems(record) == []


def test_file_without_a_checksum_is_read(record: Path) -> None:
    (record / JOURNAL_FILE).unlink()
    (file,) = (record / "statements").glob("*.parquet")
    file.write_bytes(b"PAR1" + b"\0" * 100)
    journal, data = problems(record)
    assert journal.endswith("the journal is missing or holds nothing")
    assert data.startswith(f"{file}: the file cannot be read")


def test_file_of_other_rows_is_named(record: Path) -> None:
    (record / JOURNAL_FILE).unlink()
    (file,) = (record / "memberships").glob("*.parquet")
    (other,) = (record / "codings").glob("*.parquet")
    file.write_bytes(other.read_bytes())
    _, data = problems(record)
    assert data == f"{file}: the file holds 2 rows, the table says 3"


def test_file_only_an_earlier_run_needs_is_named(record: Path) -> None:
    (old,) = (record / "events").glob("*.parquet")
    with open_record(record) as opened:
        _lose_event(record, opened)
    old.unlink()
    (finding,) = (f for f in verify(record) if f.where == str(old))
    assert finding.problem == "the file is missing"
    assert "--as-of" in finding.advice


def test_journal_line_that_was_changed_is_named(record: Path) -> None:
    path = record / JOURNAL_FILE
    lines = path.read_bytes().splitlines(keepends=True)
    lines[2] = lines[2].replace(b'"commits":', b'"commits" :', 1)
    path.write_bytes(b"".join(lines))
    assert problems(record) == [f"{path}: line 3 was changed"]


def test_line_that_was_cut_short_never_counted(record: Path) -> None:
    with (record / JOURNAL_FILE).open("ab") as stream:
        stream.write(b'0123456789abcdef {"head":')
    assert problems(record) == []


def test_missing_table_is_named(record: Path) -> None:
    (record / "events").rename(record.parent / "events")
    assert any(p.startswith(f"{record / 'events'}: ") for p in problems(record))


def test_killed_run_is_said(record: Path) -> None:
    def stop(_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_reports(
            record, [report("new")], inputs=["two"], coder=coder(), progress=stop
        )
    assert problems(record) == ["run 2: the run was killed before it ended"]


def test_run_in_progress_is_no_finding(record: Path) -> None:
    seen: list[list[str]] = []
    run_reports(
        record,
        [report("new")],
        inputs=["two"],
        coder=coder(),
        progress=lambda _: seen.append(problems(record)),
    )
    assert seen == [[], []]


def _claim_other_words(path: Path, record: Record) -> None:
    row = row_of(path, "quantities")
    span = {"start": 17, "end": 18, "text": "6"}
    _replace(record, "quantities", "quantity_id", {**row, "span": span})


def _cite_outside(path: Path, record: Record) -> None:
    row = row_of(path, "statements")
    cue = {"start": 90, "end": 95, "text": "said"}
    _replace(record, "statements", "statement_id", {**row, "cue": cue})


def _forget_parties(path: Path, record: Record) -> None:
    event_id = str(row_of(path, "events")["event_id"])
    record.commit(run=None, remove=[Removal("event_parties", "event_id", (event_id,))])


def _forget_reports(path: Path, record: Record) -> None:
    doc_id = str(row_of(path, "events")["doc_id"])
    record.commit(run=None, remove=[Removal("reports", "doc_id", (doc_id,))])


def _repeat_story(path: Path, record: Record) -> None:
    record.commit(run=None, add={"stories": [row_of(path, "stories")]})


def _miscount_story(path: Path, record: Record) -> None:
    row = row_of(path, "stories")
    _replace(record, "stories", "story_id", {**row, "report_count": 7})


def _lose_event(path: Path, record: Record) -> None:
    event_id = str(row_of(path, "events")["event_id"])
    tables = ("events", "event_parties")
    record.commit(
        run=None, remove=[Removal(t, "event_id", (event_id,)) for t in tables]
    )


def _code_copy(path: Path, record: Record) -> None:
    copy = next(iter(rows(connect(path), "FROM memberships WHERE relation = 'exact'")))
    row = row_of(path, "codings")
    coding = {**row, "doc_id": copy["doc_id"], "events": 0, "statements": 0}
    record.commit(run=None, add={"codings": [{**coding, "quantities": 0}]})


def _replace(record: Record, table: str, key: str, row: dict[str, object]) -> None:
    removal = Removal(table, key, (str(row[key]),))
    record.commit(run=None, remove=[removal], add={table: [row]})


@pytest.mark.parametrize(
    ("spoil", "found"),
    [
        (_claim_other_words, "span claims '6' at 17:18, which reads '5'"),
        (_cite_outside, "cue cites 90:95, outside its report"),
        (_forget_parties, "0 rows for an event with 3 parties"),
        (_forget_reports, "is missing"),
        (_repeat_story, "stands for 2 rows"),
        (_miscount_story, "reports, not 7"),
        (_lose_event, "holds 0 rows of the report, not 1"),
        (_lose_event, "its account says 1 events, there are 0"),
        (_code_copy, "a copy was coded: its story counts twice"),
    ],
)
def test_wrong_rows_are_found(
    record: Path, spoil: Callable[[Path, Record], None], found: str
) -> None:
    with open_record(record) as opened:
        spoil(record, opened)
    assert any(found in problem for problem in problems(record)), problems(record)


def test_many_findings_are_cut_short(record: Path) -> None:
    many = FINDINGS_A_CHECK + 5
    stories = [
        {"story_id": f"sto-{n}", "original": "doc-0", "report_count": 0}
        for n in range(many)
    ]
    with open_record(record) as opened:
        opened.commit(run=None, add={"stories": stories})
    found = [p for p in problems(record) if p.startswith(("stories sto-", "…"))]
    assert len(found) == FINDINGS_A_CHECK + 1
    assert found[-1] == "…: and 5 more"
