"""Measure how often each form of each frame is an event of its type.

    python tools/measure_frames.py --lines gold.jsonl --reports gold/ texts/ \
        [--parsed FILE]

Reads annotated reports: JSON lines with `text` and `events`, or a folder with one JSON
file a report (`doc_id`, `events`) beside a folder with `doc_id`.txt. Writes
`src/onrecord/data/frames/precision.tsv`: of the matches of a form, how many overlap the
trigger of an annotated event of the frame's type. Matches that overlap nothing but
events marked unsure, of another type, are left out. Forms compete by the number of
their conditions only, so that the figures do not depend on those of an earlier run.

Parsing takes a minute; `--parsed` keeps its result in a file and reads it from there.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from onrecord.code.frames import find_matches
from onrecord.lexicon.frame_files import PRECISION_COLUMNS
from onrecord.lexicon.frames import FOLDER, FrameLexicon, load_frames
from onrecord.model.annotation import Sentence
from onrecord.model.span import Span
from onrecord.ontology import load_ontology


class Mention(msgspec.Struct, frozen=True):
    """One annotated event: where its trigger stands."""

    trigger: Span
    event_type: str
    unsure: bool


class Report(msgspec.Struct, frozen=True):
    """One annotated report, parsed."""

    text: str
    mentions: tuple[Mention, ...]
    sentences: tuple[Sentence, ...]


def read_lines(path: Path) -> Iterator[tuple[str, list[dict[str, object]]]]:
    """Yield the text and events of each line."""
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            record = json.loads(line)
            yield record["text"], record["events"]


def read_folder(
    folder: Path, texts: Path
) -> Iterator[tuple[str, list[dict[str, object]]]]:
    """Yield the text and events of each report of a folder."""
    for path in sorted(folder.glob("*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        text = (texts / f"{record['doc_id']}.txt").read_text(encoding="utf-8")
        yield text, record["events"]


def locate(text: str, event: dict[str, object]) -> Mention | None:
    """Return where an event's trigger stands, None where the text lacks it."""
    sentence, trigger = str(event["sentence"]), str(event["trigger"])
    start = text.find(sentence)
    if start < 0:
        return None
    whole = re.search(rf"(?<!\w){re.escape(trigger)}(?!\w)", sentence)
    offset = whole.start() if whole else sentence.find(trigger)
    if offset < 0:
        return None
    begin = start + offset
    span = Span(begin, begin + len(trigger))
    return Mention(span, str(event["type"]), bool(event.get("unsure")))


def parse_reports(
    annotated: Iterable[tuple[str, list[dict[str, object]]]],
) -> list[Report]:
    """Parse every report with the shipped reader."""
    from onrecord.understand.parse import SentenceCache, parse
    from onrecord.understand.reader import load_reader
    from onrecord.understand.sentences import split_sentences

    reader, cache = load_reader(), SentenceCache()
    reports = []
    for text, events in annotated:
        sentences = parse(text, split_sentences(text), reader=reader, cache=cache)
        found = (locate(text, event) for event in events)
        mentions = tuple(one for one in found if one is not None)
        reports.append(Report(text, mentions, sentences))
    return reports


def measure(
    reports: Iterable[Report], frames: FrameLexicon
) -> dict[tuple[str, str], tuple[int, int]]:
    """Return (matches, right) of each frame and form."""
    matches: Counter[tuple[str, str]] = Counter()
    right: Counter[tuple[str, str]] = Counter()
    for report in reports:
        for sentence in report.sentences:
            for match in find_matches(sentence, frames):
                over = [m for m in report.mentions if m.trigger.overlaps(match.trigger)]
                hit = any(m.event_type == match.frame.event_type for m in over)
                if not hit and over and all(m.unsure for m in over):
                    continue
                key = (match.frame.id, match.form)
                matches[key] += 1
                right[key] += hit
    return {key: (matches[key], right[key]) for key in sorted(matches)}


def write(path: Path, counts: dict[tuple[str, str], tuple[int, int]]) -> None:
    """Write the table, sorted by frame and form."""
    lines = [
        "# Made by tools/measure_frames.py: how often a form is an event of its type.",
        "\t".join(PRECISION_COLUMNS),
    ]
    lines += [
        "\t".join([*key, str(matches), str(right)])
        for key, (matches, right) in counts.items()
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--lines", type=Path, action="append", default=[])
    parser.add_argument("--reports", type=Path, nargs=2, metavar=("GOLD", "TEXTS"))
    parser.add_argument("--parsed", type=Path)
    parser.add_argument("--output", type=Path, default=FOLDER / "precision.tsv")
    options = parser.parse_args()
    if options.parsed and options.parsed.exists():
        reports = msgspec.msgpack.decode(options.parsed.read_bytes(), type=list[Report])
    else:
        annotated = [pair for path in options.lines for pair in read_lines(path)]
        if options.reports:
            annotated += read_folder(*options.reports)
        reports = parse_reports(annotated)
        if options.parsed:
            options.parsed.write_bytes(msgspec.msgpack.encode(reports))
    counts = measure(reports, load_frames(load_ontology()))
    write(options.output, counts)
    matches = sum(m for m, _ in counts.values())
    right = sum(r for _, r in counts.values())
    print(f"{len(counts)} forms, {matches} matches, {right} right")


if __name__ == "__main__":
    main()
