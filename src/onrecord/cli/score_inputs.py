"""What `onrecord score` compares: files of gold, and lines or a record."""

import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from onrecord.cli.score_record import StoredTexts, is_record, read_record
from onrecord.errors import InputError
from onrecord.score.gold import (
    Gold,
    GoldKind,
    ReadJudgements,
    first_of_both,
    read_gold,
    read_rows,
)
from onrecord.score.judged import Known, place_judgements
from onrecord.score.lines import keys_of, read_lines
from onrecord.score.problems import Problems, raise_problems
from onrecord.score.shapes import Report
from onrecord.score.texts import FolderTexts

Row = Mapping[str, Any]
Texts = Mapping[str, str]
Sentences = Mapping[str, Mapping[str, Sequence[int]]]


class Inputs(msgspec.Struct, frozen=True, kw_only=True):
    """The two sides, and what has to be said of how they were read."""

    gold: tuple[Report, ...]
    given: tuple[Report, ...]
    remarks: tuple[str, ...] = ()


def read_inputs(gold: Path, predicted: Path, *, texts: Path | None) -> Inputs:
    """Read both sides; raise `InputError` with everything that is wrong with them."""
    if is_record(gold):
        raise InputError(
            f"{gold}: is a record; `onrecord review {gold} export --as gold` writes"
            " its corrected events"
        )
    known = _read_known(texts) if texts else {}
    if is_record(predicted):
        return _against_record(gold, predicted, known)
    return _against_lines(gold, predicted, known)


def _against_lines(gold: Path, predicted: Path, known: Texts) -> Inputs:
    problems: list[str] = []
    found = read_gold(gold, texts=known, readers=_readers(), problems=problems)
    raw = sys.stdin.buffer.read() if str(predicted) == "-" else predicted.read_bytes()
    here = Problems(str(predicted), problems)
    rows = list(read_rows(raw, here))
    # Words are held against gold's texts only where these are in order.
    texts = {} if problems else {**known, **_own_texts(found)}
    given = read_lines(rows, texts, here)
    reports = found.reports
    if found.judgements:
        places = _places(given, known, _sentences(row for _, row in rows))
        here = Problems(str(gold), problems)
        reports += place_judgements(found.judgements, places, here)
    raise_problems(problems)
    return Inputs(gold=reports, given=given)


def _against_record(gold: Path, record: Path, known: Texts) -> Inputs:
    problems: list[str] = []
    stored = StoredTexts(record)
    texts = first_of_both(known, stored)
    found = read_gold(gold, texts=texts, readers=_readers(), problems=problems)
    problems += [
        f"{gold}: the text of {key} is not the one that the record holds"
        for key, text in _own_texts(found).items()
        if stored.get(key, text) != text
    ]
    keys = {key for report in found.reports for key in report.keys}
    keys |= {j.shown.anchor.doc_id for j in found.judgements if j.shown}
    if any(j.shown is None for j in found.judgements):
        keys |= set(stored)
    read = read_record(record, keys)
    reports = found.reports
    if found.judgements:
        here = Problems(str(gold), problems)
        places = _places(read.given, known, {})
        reports += place_judgements(found.judgements, places, here)
    raise_problems(problems)
    kept, given = (
        tuple(one for one in side if not set(one.keys) & read.folded)
        for side in (reports, read.given)
    )
    remarks = (*_other(read.others), *_folded(reports, kept))
    return Inputs(gold=kept, given=given, remarks=remarks)


def _own_texts(gold: Gold) -> dict[str, str]:
    return {k: g.text for g in gold.reports for k in g.keys if g.text is not None}


def _read_known(texts: Path) -> Texts:
    """Return the texts of `--texts` by id."""
    if texts.is_dir():
        return FolderTexts(texts)
    from onrecord.model.document import Document
    from onrecord.read import read_reports

    reports = [r for r in read_reports((str(texts),)) if isinstance(r, Document)]
    by_id = {r.doc_id: r.text for r in reports}
    return {**by_id, **{r.source_id: r.text for r in reports if r.source_id}}


def _readers() -> Mapping[GoldKind, ReadJudgements]:
    from onrecord.show.exchange import label_studio, lines, prodigy

    return {
        GoldKind.PRODIGY: prodigy.read,
        GoldKind.LABEL_STUDIO: label_studio.read,
        GoldKind.REVIEW: lines.read,
    }


def _sentences(rows: Iterable[Row]) -> Sentences:
    """Return where the sentences of lines begin, by report and words."""
    found: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for row in rows:
        sentence = row.get("sentence")
        if isinstance(sentence, dict) and sentence.get("text"):
            for key in keys_of(row):
                found[key][sentence["text"]].add(sentence["start"])
    return {k: {w: sorted(s) for w, s in own.items()} for k, own in found.items()}


def _places(
    given: Iterable[Report], texts: Texts, sentences: Sentences
) -> tuple[Known, ...]:
    """Return the reports in which tasks of annotation tools can be placed."""
    found: list[Known] = []
    met: set[str] = set()
    for report in given:
        text = next((texts[k] for k in report.keys if k in texts), report.text)
        found.append(Known(report.keys, text, sentences.get(report.key, {})))
        met.update(report.keys)
    return (*found, *(Known((key,), texts[key]) for key in texts if key not in met))


def _other(number: int) -> tuple[str, ...]:
    return (f"Other reports in the record: {number:,}.",) if number else ()


def _folded(reports: tuple[Report, ...], kept: tuple[Report, ...]) -> tuple[str, ...]:
    away = sorted({g.key for g in reports} - {g.key for g in kept})
    if not away:
        return ()
    remark = (
        "Left out, since they are copies in the record with other words than their"
        f" originals, which alone are coded: {', '.join(away)}."
    )
    return (remark,)
