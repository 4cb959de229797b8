import copy
import datetime as dt
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pyarrow as pa
import pytest

from onrecord.engine.account import begin_run
from onrecord.engine.run import run_reports
from onrecord.errors import NotARecord
from onrecord.store.delta import create_table
from onrecord.store.head import HEAD_FILE, JOURNAL_FILE, Head, read_head
from onrecord.store.query import connect, rows
from onrecord.store.record import Record, Removal, open_record
from onrecord.store.tables import TABLES, TEXT
from onrecord.store.verify import (
    FINDINGS_A_CHECK,
    Finding,
    Installed,
    verify,
)
from onrecord.store.verify.made_with import what_made
from onrecord.store.verify.shape import first_columns, wrong_columns
from onrecord.store.verify.words import wrong_words
from tests.support.reports import coder, report

Spoil = Callable[[Path, Record], None]
LINK = {"doc_id": "doc-1", "of": "doc-0", "kind": "update", "similarity": 0.5}
REVIEWED = {"correction_id": "cor-0", "state": "unmatched"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("verify") / "record"
    reports = [
        report("A met B and said 5."),
        report("A met B, and said 5", date=dt.date(2022, 1, 30)),
        report("FAIL"),
    ]
    run_reports(path, reports, inputs=["one"], coder=coder())
    return path


@pytest.fixture
def record(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "record"))


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


@pytest.mark.parametrize("place", [0.02, 0.5, 0.98])
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


def _set(table: str, key: str, **cells: object) -> Spoil:
    """Return what gives the first row of a table other cells."""

    def spoil(path: Path, record: Record) -> None:
        _replace(record, table, key, {**row_of(path, table), **cells})

    return spoil


def _remove(table: str, key: str) -> Spoil:
    """Return what takes the first row of a table away."""

    def spoil(path: Path, record: Record) -> None:
        removal = Removal(table, key, (str(row_of(path, table)[key]),))
        record.commit(run=None, remove=[removal])

    return spoil


def _repeat(table: str) -> Spoil:
    return lambda path, record: record.commit(
        run=None, add={table: [row_of(path, table)]}
    )


def _rename_party(path: Path, record: Record) -> None:
    row = row_of(path, "event_parties")
    removal = Removal("event_parties", "event_id", (str(row["event_id"]),))
    parties = list(rows(connect(path), "FROM event_parties"))
    parties[0]["name"] = "Z"
    record.commit(run=None, remove=[removal], add={"event_parties": parties})


@pytest.mark.parametrize(
    ("spoil", "found"),
    [
        (_claim_other_words, "span claims '6' at 17:18, which reads '5'"),
        (_cite_outside, "cue cites 90:95, outside its report"),
        (_forget_parties, "0 rows for an event with 3 parties"),
        (_rename_party, "in its event A"),
        (_forget_reports, "is missing"),
        (_repeat_story, "stands for 2 rows"),
        (_repeat("runs"), "stands for 2 rows"),
        (_repeat("rejected"), "stands for 2 rows"),
        (_repeat("tellings"), "stands for 2 rows"),
        (_repeat("happenings"), "stands for 2 rows"),
        (_miscount_story, "reports, not 7"),
        (_lose_event, "holds 0 rows of the report, not 1"),
        (_lose_event, "its account says 1 events, there are 0"),
        (_lose_event, "no event of its report tells it"),
        (_code_copy, "a copy was coded: its story counts twice"),
        (_set("stories", "story_id", original="doc-0"), "original doc-0 is not marked"),
        (_set("events", "event_id", story_id="sto-0"), "is of story sto-0"),
        (_set("statements", "statement_id", story_id=None), "is of story none"),
        (_set("quantities", "quantity_id", story_id="sto-0"), "is of story sto-0"),
        (
            _set("statements", "statement_id", events=["evt-0"]),
            "holds evt-0, which is missing",
        ),
        (_set("events", "event_id", telling_id="tel-0"), "has no place"),
        (_remove("tellings", "telling_id"), "has no place"),
        (_remove("profiles", "telling_id"), "has no profile"),
        (
            _set("tellings", "telling_id", happening_id="hap-0"),
            "its happening hap-0 is missing",
        ),
        (
            _set("tellings", "telling_id", follows="tel-0"),
            "follows tel-0, which is missing",
        ),
        (
            _set("tellings", "telling_id", against="tel-0"),
            "is against tel-0, which is missing",
        ),
        (_remove("happenings", "happening_id"), "its happening hap-"),
        (_set("happenings", "happening_id", first="tel-0"), "begins with tel-0"),
        (_set("happenings", "happening_id", tellings=[]), "does not list tel-"),
        (
            _set("happenings", "happening_id", tellings=["tel-0"]),
            "lists tel-0, which is not its own",
        ),
        (_set("happenings", "happening_id", events=7), "says 7 events, there are 1"),
        (_set("happenings", "happening_id", denied=2), "says 2 denied, there are 0"),
        (_set("codings", "doc_id", run_id="run-0"), "its run run-0 is missing"),
        (_set("codings", "doc_id", before="run-0"), "its run run-0 is missing"),
        (_set("reports", "doc_id", run_id="run-0"), "its run run-0 is missing"),
        (_set("rejected", "rejected_id", run_id="run-0"), "its run run-0 is missing"),
        (_remove("rejected", "rejected_id"), "was rejected as"),
        (
            lambda path, record: record.commit(run=None, add={"links": [LINK]}),
            "depends on doc-0, which is missing",
        ),
        (
            lambda path, record: record.commit(run=None, add={"reviewed": [REVIEWED]}),
            "its correction is missing",
        ),
        (_set("runs", "run_id", number=5), "is the 1. of the runs"),
    ],
)
def test_wrong_rows_are_found(record: Path, spoil: Spoil, found: str) -> None:
    with open_record(record) as opened:
        spoil(record, opened)
    assert any(found in problem for problem in problems(record)), problems(record)


def test_account_that_does_not_sum_is_found(record: Path) -> None:
    row = row_of(record, "runs")
    tally = {**cast(dict[str, int], row["tally"]), "known": 9}
    with open_record(record) as opened:
        _replace(opened, "runs", "run_id", {**row, "tally": tally})
    assert "run 1: the parts of its account do not sum" in problems(record)


def test_quick_leaves_out_the_cited_words(record: Path) -> None:
    with open_record(record) as opened:
        _claim_other_words(record, opened)
    assert len(list(verify(record))) == 1
    assert list(verify(record, quick=True)) == []


EVENT_SPANS = (
    "trigger",
    "sentence",
    "condition",
    "actors[0]",
    "recipients[0].antecedent",
    "attribution[0].cue",
    "attribution[0].antecedent",
    "when_spans[0]",
    "places[0]",
    "quantities[0]",
    "cells[0].spans[0]",
)
STATEMENT_SPANS = (
    "speaker",
    "speaker.antecedent",
    "cue",
    "content[0]",
    "addressee",
    "addressee.antecedent",
    "venue",
    "sentence",
    "when_spans[0]",
)


def _misquote(row: dict[str, Any], path: str) -> dict[str, Any]:
    """Return a row of which one span, however deep, claims words that are not there."""
    row = copy.deepcopy(row)
    place: Any = row
    keys = [int(k) if k.isdecimal() else k for k in re.findall(r"\w+", path)]
    for key, following in zip(keys, [*keys[1:], None], strict=True):
        last = following is None
        if isinstance(place, list) and not place:
            place.append({})
        found = place[key] or ([] if isinstance(following, int) else {})
        place[key] = {**found, "start": 0, "end": 3, "text": "zzz"} if last else found
        place = place[key]
        if isinstance(following, str):
            place.setdefault(following, None)
    return row


@pytest.mark.parametrize(
    ("table", "key", "paths"),
    [
        ("events", "event_id", EVENT_SPANS),
        ("statements", "statement_id", STATEMENT_SPANS),
        ("event_parties", "event_id", ("span", "antecedent", "cue")),
        ("quantities", "quantity_id", ("span",)),
        ("corrected", "event_id", EVENT_SPANS),
    ],
)
def test_span_is_checked_wherever_it_is(
    record: Path, table: str, key: str, paths: tuple[str, ...]
) -> None:
    row = row_of(record, "events" if table == "corrected" else table)
    wrong = [{**_misquote(row, path), key: path} for path in paths]
    with open_record(record) as opened:
        opened.commit(run=None, add={table: wrong})
        head = opened.head
    found = [
        f"{f.where}: {f.problem}"
        for f in wrong_words(record, head.versions, lambda *_: None)
    ]
    text = "A met B and said 5."
    for path in paths:
        claim = f"{path} claims 'zzz' at 0:3, which reads {text[:3]!r}"
        assert f"{table} {path}: {claim}" in found


def test_spans_count_characters_as_the_text_does(tmp_path: Path) -> None:
    texts = ["😀 A met B 👩‍👩‍👧 said 5", "A\x00 met B", "Ä\u0301 met é, said 7"]
    items = [report(text) for text in texts]
    run_reports(tmp_path, items, inputs=["x"], coder=coder())
    assert problems(tmp_path) == []


def test_how_far_it_is_is_told(record: Path) -> None:
    told: list[tuple[str, int, int]] = []
    assert list(verify(record, tell=lambda *one: told.append(one))) == []
    whats = list(dict.fromkeys(what for what, _, _ in told))
    assert whats == ["tables", "checks of rows", "cited words, by tables"]
    assert all(done <= total for _, done, total in told)


@pytest.mark.parametrize(
    ("columns", "problem"),
    [
        ([("story_id", TEXT), ("original", TEXT)], "stories.report_count: the column"),
        (
            [("story_id", TEXT), ("original", TEXT), ("report_count", TEXT)],
            "stories.report_count: holds string, not int64",
        ),
        (
            [
                ("story_id", TEXT),
                ("original", TEXT),
                ("report_count", pa.int64()),
                ("mood", TEXT),
            ],
            "stories.mood: the column is one that this version does not know",
        ),
    ],
)
def test_columns_no_version_has_are_named(
    tmp_path: Path, columns: list[tuple[str, pa.DataType]], problem: str
) -> None:
    create_table(tmp_path / "stories", pa.schema(columns))
    (found,) = wrong_columns(tmp_path, Head(versions={"stories": 0}))
    assert f"{found.where}: {found.problem}".startswith(problem)


def test_table_no_version_has_is_named(tmp_path: Path) -> None:
    (found,) = wrong_columns(tmp_path, Head(versions={"moods": 0}))
    assert found.where == "moods"


def test_first_columns_are_columns_of_tables() -> None:
    for name, columns in first_columns().items():
        assert set(columns) <= set(TABLES[name].names), name


def test_record_of_another_coder_is_looked_at(record: Path) -> None:
    inner = record / "coders" / "other"
    run_reports(inner, [report("A met B and said 5.")], inputs=["x"], coder=coder())
    assert problems(record) == []
    with open_record(inner) as opened:
        _claim_other_words(inner, opened)
    (found,) = problems(record)
    assert found.startswith("coders/other: quantities qty-")


def test_run_of_another_coder_that_stays_open_is_no_fault(record: Path) -> None:
    inner = record / "coders" / "llm"
    with open_record(inner) as opened:
        begin_run(opened, versions=coder().versions, inputs=("x",))
    assert problems(record) == []


def test_folder_among_coders_that_is_no_record_is_named(record: Path) -> None:
    (record / "coders" / "stray").mkdir(parents=True)
    (found,) = problems(record)
    assert found.startswith("coders/stray: ")


FAULT = Finding(where="reader.onnx", problem="is another", advice="install anew")


def test_faults_of_what_is_installed_are_named(record: Path) -> None:
    installed = Installed(program="1", lexicon="l", model="m", faults=(FAULT,))
    assert list(verify(record, installed=installed)) == [FAULT]


def test_what_is_not_installed_here_is_told(record: Path) -> None:
    here = Installed(program="1", lexicon="lex-1", model="other")
    (line,) = what_made(record, read_head(record), here)
    assert line.startswith("run 1 used model mod-1, which is not installed here")


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
