"""Read gold from files of several kinds, told by their content.

  annotated      a report annotated by hand, one JSON object, or one a line
  lines          JSON lines in the shape of `extract`, `relate`, `copies`, or sets
  prodigy        Prodigy's JSON lines
  label studio   Label Studio's JSON: a list of tasks
  review         lines of `review export`, with verdicts filled in

The last three are read by functions that are given, since they are formats of exchange.
"""

import json
from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from enum import StrEnum
from pathlib import Path
from typing import Any, cast

import msgspec

from onrecord.model.judgement import Judgement, Unread
from onrecord.score.annotated import is_annotated, read_annotated
from onrecord.score.lines import SETS, Row, read_lines
from onrecord.score.problems import Problems
from onrecord.score.shapes import Report
from onrecord.score.texts import FolderTexts

ENDINGS = (".json", ".jsonl", ".ndjson")
META_ENDING = ".meta.json"
BROKEN = (ValueError, RecursionError)  # what the JSON reader raises
PRODIGY_KEYS = frozenset(("_input_hash", "_task_hash", "answer", "_view_id"))


class GoldKind(StrEnum):
    """What a file of gold is."""

    ANNOTATED = "annotated"
    LINES = "lines"
    PRODIGY = "prodigy"
    LABEL_STUDIO = "label_studio"
    REVIEW = "review"


Texts = MutableMapping[str, str]
ReadJudgements = Callable[[bytes], Iterable[Judgement | Unread]]


class Gold(msgspec.Struct, frozen=True, kw_only=True):
    """What files of gold hold: whole reports, and judgements still to be placed."""

    reports: tuple[Report, ...] = ()
    judgements: tuple[Judgement, ...] = ()


def read_gold(
    path: Path,
    *,
    texts: Mapping[str, str],
    readers: Mapping[GoldKind, ReadJudgements],
    problems: list[str],
) -> Gold:
    """Return the gold of a file, or of all files of a folder.

    Texts that stand beside the files, `ID.txt`, serve as well as those given.
    """
    reports: list[Report] = []
    judgements: list[Judgement] = []
    files = find_files(path)
    if not files:
        problems.append(f"{path}: holds no file that ends in {', '.join(ENDINGS)}")
    for file in files:
        here = Problems(file.name if path.is_dir() else str(path), problems)
        near = first_of_both(texts, FolderTexts(file.parent))
        raw = file.read_bytes()
        kind = kind_of(raw)
        if kind is None:
            here.say("is neither JSON nor JSON lines" if raw.strip() else "is empty")
        elif kind in readers:
            judgements += _judgements(readers[kind](raw), here)
        else:
            reports += _read_file(kind, raw, near, here)
    _check_twice(reports, problems, path)
    return Gold(reports=tuple(reports), judgements=tuple(judgements))


def first_of_both(one: Mapping[str, str], other: Mapping[str, str]) -> Texts:
    """Return two mappings as one, nothing of which is read before it is asked for."""
    return ChainMap(cast(Texts, one), cast(Texts, other))


def find_files(path: Path) -> tuple[Path, ...]:
    """Return a file, or the files of a folder that may be gold, in order of names."""
    if not path.is_dir():
        return (path,)
    return tuple(
        file
        for file in sorted(path.iterdir())
        if file.suffix in ENDINGS and not file.name.endswith(META_ENDING)
    )


def kind_of(raw: bytes) -> GoldKind | None:
    """Tell what a file is by its first value, None if it is no JSON."""
    try:
        first = json.loads(raw)
        whole = True
    except BROKEN:
        rows = (line for line in raw.splitlines() if line.strip())
        try:
            first = json.loads(next(rows, b""))
            whole = False
        except BROKEN:
            return None
    if isinstance(first, list):
        return GoldKind.LABEL_STUDIO
    if not isinstance(first, dict):
        return None
    if SETS.keys() & first.keys():
        return GoldKind.LINES
    if first.get("record") == GoldKind.REVIEW:
        return GoldKind.REVIEW
    if PRODIGY_KEYS & set(first):
        return GoldKind.PRODIGY
    if whole and isinstance(first.get("data"), dict):
        return GoldKind.LABEL_STUDIO
    return GoldKind.ANNOTATED if is_annotated(first) else GoldKind.LINES


def _read_file(
    kind: GoldKind, raw: bytes, texts: Mapping[str, str], problems: Problems
) -> Iterator[Report]:
    rows = list(read_rows(raw, problems))
    if kind is GoldKind.LINES:
        yield from read_lines(rows, texts, problems)
        return
    for place, row in rows:
        here = problems.at(place) if len(rows) > 1 else problems
        report = read_annotated(row, texts, here)
        if report is not None:
            yield report


def read_rows(raw: bytes, problems: Problems) -> Iterator[tuple[str, Row]]:
    """Yield the objects of JSON or JSON lines, each with its place."""
    try:
        whole = json.loads(raw)
    except BROKEN:
        yield from _read_json_lines(raw, problems)
        return
    items: list[Any] = whole if isinstance(whole, list) else [whole]
    for number, item in enumerate(items):
        if isinstance(item, dict):
            yield f"[{number}]", item
        else:
            problems.at(f"[{number}]").say("is no JSON object")


def _read_json_lines(raw: bytes, problems: Problems) -> Iterator[tuple[str, Row]]:
    for number, line in enumerate(raw.splitlines(), 1):
        if not line.strip():
            continue
        place = f"line {number}"
        try:
            row = json.loads(line)
        except BROKEN as err:
            problems.at(place).say(f"is no JSON: {err}")
            continue
        if isinstance(row, dict):
            yield place, row
        else:
            problems.at(place).say("is no JSON object")


def _judgements(
    found: Iterable[Judgement | Unread], problems: Problems
) -> Iterator[Judgement]:
    for item in found:
        if isinstance(item, Unread):
            problems.at(f"task {item.position}").say(item.reason)
        else:
            yield item


def _check_twice(reports: Iterable[Report], problems: list[str], path: Path) -> None:
    seen: set[str] = set()
    for report in reports:
        if report.key in seen:
            problems.append(f"{path}: report {report.key} is there twice")
        seen.add(report.key)
