"""Annotate reports in short lines, and keep the result stand-off.

    python -m training.annotate show REPORTS.jsonl ID…      numbered sentences
    python -m training.annotate check REPORTS.jsonl FILE…   what is wrong, line by line
    python -m training.annotate build REPORTS.jsonl OUT.jsonl FILE…

A file `<id>.ann` holds the annotation of one report, one event or statement a line, its
fields between bars, its words copied from the numbered sentence:

    E 3 | rejected | REJECT | happened | The US@USA/GOV; NATO@IGO/IGO | | Lavrov@RUS/GOV
    S 3 | said | say | direct | Lavrov@RUS/GOV | we will not leave

Event fields: sentence | trigger | type | status | actors | recipients | by, outermost
first | condition | flags. Statement fields: sentence | cue | act | form | speaker |
content | venue | flags. A party is `words@COUNTRY/SECTOR`, with `!` at its end where
nobody is named. Flags: `unsure`. Empty fields at the end may be left out. The built
file holds offsets only, never the words of the report.
"""

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onrecord.understand.reader.reading import ACTS, EVENT_TYPES, FACTUALITIES, FORMS
from onrecord.understand.sentences import SentenceCut, split_sentences
from training.standoff import read_texts

PARTY = re.compile(
    r"(?P<words>.+?)@(?P<country>[A-Z]{3})/(?P<sector>[A-Z]{3})(?P<anon>!?)\Z"
)
EVENT_FIELDS = (
    "trigger",
    "type",
    "status",
    "actor",
    "recipient",
    "by",
    "condition",
    "flags",
)
STATEMENT_FIELDS = ("cue", "act", "form", "speaker", "content", "venue", "flags")


class Problem(Exception):
    """Say what is wrong with a line."""


def parse_line(
    text: str, cuts: tuple[SentenceCut, ...], line: str
) -> tuple[str, dict[str, Any]]:
    """Return the kind of a line and its record with offsets; raise `Problem`."""
    kind, _, rest = line.partition(" ")
    number, *fields = (f.strip() for f in rest.split("|"))
    if kind not in ("E", "S") or not number.isdigit() or int(number) >= len(cuts):
        raise Problem("begins with E or S and the number of a sentence")
    sentence = cuts[int(number)].span
    names = EVENT_FIELDS if kind == "E" else STATEMENT_FIELDS
    if len(fields) > len(names):
        raise Problem(f"has {len(fields)} fields, at most {len(names)}")
    found = dict(zip(names, [*fields, *[""] * len(names)], strict=False))
    near = _find(text, found[names[0]], sentence.start, sentence.end, sentence.start)
    unsure = "unsure" in found["flags"]
    if kind == "E":
        _one_of(found["type"], EVENT_TYPES)
        _one_of(found["status"], FACTUALITIES)
        parties = {
            role: _parties(
                text,
                found[role],
                sentence.start,
                sentence.end,
                near[0],
                anywhere=role == "by",
            )
            for role in ("actor", "recipient", "by")
        }
        condition = found["condition"]
        return kind, {
            "sentence": [sentence.start, sentence.end],
            "trigger": near,
            "type": found["type"],
            "status": found["status"],
            **parties,
            "condition": _find(text, condition, sentence.start, sentence.end, near[0])
            if condition
            else None,
            "unsure": unsure,
        }
    _one_of(found["act"], ACTS)
    _one_of(found["form"], FORMS)
    speaker = _parties(
        text, found["speaker"], sentence.start, sentence.end, near[0], anywhere=True
    )
    if not speaker:
        raise Problem("has no speaker")
    venue = found["venue"]
    return kind, {
        "sentence": [sentence.start, sentence.end],
        "cue": near,
        "act": found["act"],
        "form": found["form"],
        "speaker": speaker[0],
        "content": _find(text, found["content"], sentence.start, len(text), near[0]),
        "venue": _find(text, venue, sentence.start, sentence.end, near[0])
        if venue
        else None,
        "unsure": unsure,
    }


def _one_of(value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise Problem(f"{value!r} is none of {' '.join(allowed)}")


def _parties(
    text: str, field: str, start: int, end: int, near: int, *, anywhere: bool
) -> list[dict[str, Any]]:
    """Return the parties of a field; a source may stand in another sentence."""
    found = []
    for part in (p.strip() for p in field.split(";") if p.strip()):
        match = PARTY.match(part)
        if match is None:
            raise Problem(f"{part!r} is not words@COUNTRY/SECTOR")
        try:
            span = _find(text, match["words"], start, end, near)
        except Problem:
            if not anywhere:
                raise
            span = _find(text, match["words"], 0, len(text), near)
        found.append(
            {
                "span": span,
                "country": match["country"],
                "sector": match["sector"],
                "anonymous": bool(match["anon"]),
            }
        )
    return found


def _find(text: str, words: str, start: int, end: int, near: int) -> list[int]:
    """Return where `words` stands between two offsets, nearest to `near`."""
    places = [
        m.start()
        for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)
        if start <= m.start() and m.end() <= end
    ]
    if not words or not places:
        raise Problem(f"{words!r} does not stand in the sentence")
    at = min(places, key=lambda p: abs(p - near))
    return [at, at + len(words)]


def read_annotation(
    texts: dict[str, str], path: Path
) -> Iterator[tuple[int, str, Any]]:
    """Yield (line, kind, record); the kind of a broken line is "problem"."""
    text = texts[path.stem]
    cuts = split_sentences(text)
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            yield number, *parse_line(text, cuts, line.strip())
        except Problem as problem:
            yield number, "problem", str(problem)


def build(texts: dict[str, str], path: Path) -> dict[str, Any]:
    """Return one report's annotation, offsets only."""
    lines = list(read_annotation(texts, path))
    return {
        "doc_id": path.stem,
        "text_sha256": hashlib.sha256(texts[path.stem].encode()).hexdigest(),
        "events": [r for _, kind, r in lines if kind == "E"],
        "statements": [r for _, kind, r in lines if kind == "S"],
    }


def main() -> None:
    """Run one of the three commands."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=("show", "check", "build"))
    parser.add_argument("reports", type=Path)
    parser.add_argument("rest", nargs="+")
    args = parser.parse_args()
    texts = read_texts(args.reports)
    if args.command == "show":
        for doc_id in args.rest:
            print(f"=== {doc_id}")
            for number, cut in enumerate(split_sentences(texts[doc_id])):
                print(number, cut.span.of(texts[doc_id]))
        return
    if args.command == "build":
        out, *files = map(Path, args.rest)
        records = [build(texts, path) for path in files]
        out.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
        return
    bad = 0
    for path in map(Path, args.rest):
        for number, kind, record in read_annotation(texts, path):
            if kind == "problem":
                bad += 1
                print(f"{path.name}:{number}: {record}")
    print(f"{bad} problems")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
