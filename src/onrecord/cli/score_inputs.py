"""What `onrecord score` compares: files of gold, and lines or a record."""

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from onrecord.errors import InputError, NotARecord
from onrecord.score.gold import (
    GoldKind,
    ReadJudgements,
    read_gold,
    read_rows,
    read_texts,
)
from onrecord.score.judged import Known, place_judgements
from onrecord.score.lines import keys_of, read_lines
from onrecord.score.problems import Problems, raise_problems
from onrecord.score.shapes import Copied, Report

Row = dict[str, Any]
Texts = dict[str, str]

REPORTS = """
SELECT r.doc_id, r.source_id, r.text, m.story_id, m.relation, m.of
FROM reports AS r LEFT JOIN memberships AS m USING (doc_id) ORDER BY r.doc_id
"""


class Inputs(msgspec.Struct, frozen=True, kw_only=True):
    """The two sides, and what has to be said of how they were read."""

    gold: tuple[Report, ...]
    given: tuple[Report, ...]
    remarks: tuple[str, ...] = ()


def read_inputs(gold: Path, predicted: Path, *, texts: Path | None) -> Inputs:
    """Read both sides; raise `InputError` with everything that is wrong with them."""
    problems: list[str] = []
    if _is_record(gold):
        raise InputError(
            f"{gold}: is a record; `onrecord review {gold} export --as gold` writes"
            " its corrected events"
        )
    record = _read_record(predicted) if _is_record(predicted) else None
    known = _read_known(texts) if texts else {}
    if record is not None:
        known = {**record.texts, **known}
    found = read_gold(gold, texts=known, readers=_readers(), problems=problems)
    own = {k: g.text for g in found.reports for k in g.keys if g.text is not None}
    if record is not None:
        given, sentences = record.given, {}
        _check_texts(own, record.texts, gold, problems)
    else:
        rows = _read_predicted(predicted, problems)
        here = Problems(str(predicted), problems)
        given = read_lines(rows, {**known, **own}, here)
        sentences = _sentences(row for _, row in rows)
    reports = found.reports
    if found.judgements:
        places = _places(given, known, sentences)
        judged = place_judgements(
            found.judgements, places, Problems(str(gold), problems)
        )
        reports = (*reports, *judged)
    raise_problems(problems)
    if record is None:
        return Inputs(gold=reports, given=given)
    kept = tuple(g for g in reports if not set(g.keys) & record.folded)
    return Inputs(gold=kept, given=given, remarks=_folded(reports, kept))


class RecordRead(msgspec.Struct, frozen=True, kw_only=True):
    """The reports of a record; `folded` are copies, whose events are not theirs."""

    given: tuple[Report, ...]
    texts: Texts
    folded: frozenset[str]


def _is_record(path: Path) -> bool:
    from onrecord.store.head import read_head

    if not path.is_dir():
        return False
    try:
        read_head(path)
    except NotARecord:
        return False
    return True


def _read_record(record: Path) -> RecordRead:
    """Read what the coder made of the reports of a record, corrections aside."""
    from onrecord.store.query import connect, rows

    connection = connect(record)
    reports = list(rows(connection, REPORTS, {}))
    lines: dict[str, list[Row]] = defaultdict(list)
    for kind, table in (("event", "coded_events"), ("statement", "statements")):
        for row in rows(connection, f"SELECT * FROM {table}", {}):
            lines[row["doc_id"]].append(_line(kind, row))
    by_id = {row["doc_id"]: row for row in reports}
    given: list[Report] = []
    texts: Texts = {}
    folded: set[str] = set()
    for row in reports:
        original = _same_text(row, by_id)
        keys = keys_of(row)
        texts.update(dict.fromkeys(keys, row["text"]))
        if original is None:
            folded.update(keys)
        given.append(_given(row, lines[original] if original else []))
    return RecordRead(given=tuple(given), texts=texts, folded=frozenset(folded))


def _line(kind: str, row: Mapping[str, Any]) -> Row:
    from onrecord.store.rows import line_of

    return line_of(kind, row)


def _same_text(row: Row, by_id: Mapping[str, Row]) -> str | None:
    """Return the report that was coded in place of one, if it has the same words."""
    text, seen = row["text"], {row["doc_id"]}
    while row["of"] is not None and row["of"] in by_id and row["of"] not in seen:
        row = by_id[row["of"]]
        seen.add(row["doc_id"])
    return row["doc_id"] if row["text"] == text else None


def _given(row: Row, lines: list[Row]) -> Report:
    keys = keys_of(row)
    (read,) = read_lines(
        [("", {"record": "report", **row}), *(("", {**e, **_ids(row)}) for e in lines)],
        {},
        Problems("record", []),
    )
    story = Copied(story=row["story_id"], relation=row["relation"])
    return msgspec.structs.replace(
        read,
        keys=keys,
        events=read.events or (),
        statements=read.statements or (),
        copy=story if row["story_id"] else None,
    )


def _ids(row: Row) -> Row:
    return {"source_id": row["source_id"], "doc_id": row["doc_id"]}


def _read_known(texts: Path) -> Texts:
    """Return the texts of `--texts` by id."""
    if texts.is_dir():
        return read_texts(texts)
    from onrecord.model.document import Document
    from onrecord.read import read_reports

    reports = [r for r in read_reports((str(texts),)) if isinstance(r, Document)]
    by_id = {r.doc_id: r.text for r in reports}
    return {**by_id, **{r.source_id: r.text for r in reports if r.source_id}}


def _readers() -> Mapping[GoldKind, ReadJudgements]:
    from onrecord.show.exchange import label_studio, prodigy

    return {GoldKind.PRODIGY: prodigy.read, GoldKind.LABEL_STUDIO: label_studio.read}


def _read_predicted(path: Path, problems: list[str]) -> list[tuple[str, Row]]:
    raw = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    return [(p, dict(r)) for p, r in read_rows(raw, Problems(str(path), problems))]


def _sentences(rows: Iterable[Row]) -> dict[str, dict[str, list[int]]]:
    """Return where the sentences of lines begin, by report and words."""
    found: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for row in rows:
        sentence = row.get("sentence")
        if isinstance(sentence, dict) and sentence.get("text"):
            for key in keys_of(row):
                found[key][sentence["text"]].add(sentence["start"])
    return {k: {w: sorted(s) for w, s in own.items()} for k, own in found.items()}


def _places(
    given: Iterable[Report],
    texts: Texts,
    sentences: Mapping[str, Mapping[str, list[int]]],
) -> tuple[Known, ...]:
    """Return the reports in which tasks of annotation tools can be placed."""
    found: list[Known] = []
    met: set[str] = set()
    for report in given:
        text = next((texts[k] for k in report.keys if k in texts), report.text)
        found.append(Known(report.keys, text, sentences.get(report.key, {})))
        met.update(report.keys)
    rest: Iterator[str] = (key for key in texts if key not in met)
    return (*found, *(Known((key,), texts[key]) for key in rest))


def _check_texts(own: Texts, stored: Texts, gold: Path, problems: list[str]) -> None:
    for key, text in own.items():
        if key in stored and stored[key] != text:
            problems.append(
                f"{gold}: the text of {key} is not the one that the record holds"
            )


def _folded(reports: tuple[Report, ...], kept: tuple[Report, ...]) -> tuple[str, ...]:
    away = sorted({g.key for g in reports} - {g.key for g in kept})
    if not away:
        return ()
    remark = (
        f"{len(away):,} reports of gold are copies in the record, with other words than"
        f" their originals, which alone are coded: left out: {', '.join(away)}."
    )
    return (remark,)
