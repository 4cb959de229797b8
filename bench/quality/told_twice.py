"""Score which events of two reports of one story are held for one happening.

    python -m bench.quality.told_twice [--half tune|held-out] [--errors] [--json]

`gold/told_twice.jsonl` tells 32 stories twice and labels what is one happening.
All reports of a half go into one temporary record, so what is merged across stories
counts as wrong, too. Events are aligned with labelled mentions by their trigger words.
Errors are shown for the half to tune on only.
"""

import argparse
import datetime as dt
import functools
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from bench.quality.shared import ROOT
from bench.quality.told_twice_counts import (
    Found,
    Mention,
    Pairs,
    Told,
    align,
    count_pairs,
    missed_merges,
    wrong_merges,
)
from onrecord.model.document import DateBasis, Document, make_doc_id
from onrecord.model.span import Span

GOLD = ROOT / "gold/told_twice.jsonl"
HALVES = ("tune", "held-out")
STATUS = {
    "happened": "happened",
    "planned": "ahead",
    "hypothetical": "ahead",
    "negated": "not_so",
    "denied": "not_so",
}
EVENTS = """
SELECT event_id, source_id, "trigger", sentence, event_type, factuality
FROM events ORDER BY source_id, "trigger".start, event_id
"""
HAPPENINGS = """
SELECT event_id, happening_id FROM events JOIN tellings USING (telling_id)
"""

Row = Mapping[str, Any]


def main() -> None:
    """Run the program over one half and print how well mentions were merged."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--half", default="tune", choices=HALVES)
    parser.add_argument("--errors", action="store_true", help="list wrong and missed")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    if args.errors and args.half != "tune":
        parser.error("errors are looked at in the half to tune on only")
    rows = read_pairs(args.half)
    mentions = [m for row in rows for m in mentions_of(row)]
    documents = [report for row in rows for report in reports_of(row)]
    with tempfile.TemporaryDirectory() as folder:
        record = Path(folder) / "record"
        run_program(record, documents)
        found = align(mentions, read_told(record))
    figures = count(found, mentions)
    print(json.dumps(figures) if args.json else show(figures))
    if args.errors:
        texts = {document.source_id: document.text for document in documents}
        print("\n".join(list_errors(found, texts)))


def read_pairs(half: str) -> list[Row]:
    """Return the labelled stories of one half."""
    lines = GOLD.read_text(encoding="utf-8").splitlines()
    return [row for row in map(json.loads, lines) if row["half"] == half]


def mentions_of(row: Row) -> Iterator[Mention]:
    """Yield the labelled mentions of a story."""
    for happening in row["happenings"]:
        for mention in happening["mentions"]:
            yield Mention(
                report=mention["report"],
                span=Span(mention["start"], mention["end"]),
                text=mention["text"],
                happening=f"{row['id']} {happening['name']}",
                event_type=happening["type"],
                status=happening["status"],
            )


def reports_of(row: Row) -> Iterator[Document]:
    """Yield the two reports of a story."""
    for report in row["reports"]:
        date = dt.date.fromisoformat(report["date"])
        yield Document(
            doc_id=make_doc_id(report["text"], date, report["outlet"]),
            source_id=report["id"],
            text=report["text"],
            date=date,
            date_basis=DateBasis.GIVEN,
            title=report["title"],
            outlet=report["outlet"],
        )


def run_program(record: Path, documents: Sequence[Document]) -> None:
    """Bring reports into a new record, as `onrecord run` would."""
    from onrecord.cli.coding import find_versions, make_worker
    from onrecord.cli.knowledge import open_kit
    from onrecord.engine.run import Coder, run_reports

    kit = open_kit()
    coder = Coder(
        versions=find_versions(kit),
        ontology=kit.ontology,
        make_worker=functools.partial(make_worker, None),
    )
    run_reports(record, documents, inputs=(GOLD.name,), coder=coder)


def read_told(record: Path) -> Iterator[Told]:
    """Yield the events of a record with their happenings."""
    happenings = happening_of(record)
    for row in _query(record, EVENTS):
        yield Told(
            event_id=row["event_id"],
            report=row["source_id"],
            trigger=_span(row["trigger"]),
            sentence=_span(row["sentence"]),
            event_type=row["event_type"],
            status=STATUS[row["factuality"]],
            happening=happenings.get(row["event_id"], row["event_id"]),
        )


def happening_of(record: Path) -> Mapping[str, str]:
    """Return which happening each event of a record belongs to."""
    rows = _query(record, HAPPENINGS)
    return {row["event_id"]: row["happening_id"] for row in rows}


def _query(record: Path, sql: str) -> list[dict[str, Any]]:
    from onrecord.store.query import query

    return [row for batch in query(record, sql) for row in batch.to_pylist()]


def _span(value: Row) -> Span:
    return Span(value["start"], value["end"])


def count(found: Sequence[Found], mentions: Sequence[Mention]) -> dict[str, Any]:
    """Return all figures."""
    return {
        "labelled": len(mentions),
        "found": len(found),
        "type": sum(f.mention.event_type == f.told.event_type for f in found),
        "status": sum(f.mention.status == f.told.status for f in found),
        "across": msgspec.to_builtins(count_pairs(found, mentions, across=True)),
        "all": msgspec.to_builtins(count_pairs(found, mentions, across=False)),
        "mixed": sum(
            a.mention.status != b.mention.status for a, b in wrong_merges(found)
        ),
    }


def show(figures: Row) -> str:
    """Return the figures as lines to read."""
    lines = [f"mentions found  {_share(figures['found'], figures['labelled'])}"]
    lines += [
        f"  {name} right  {_share(figures[name], figures['found'])}"
        for name in ("type", "status")
    ]
    for name, title in (("across", "two reports"), ("all", "all pairs")):
        pairs = Pairs(**figures[name])
        lines += [
            title,
            f"  precision       {_share(pairs.right, pairs.merged)}",
            f"  recall of found {_share(pairs.right, pairs.due)}",
            f"  recall of all   {_share(pairs.right, pairs.labelled)}",
        ]
    lines.append(f"merged across statuses (a denial, a plan)  {figures['mixed']}")
    return "\n".join(lines)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:5.1f} ({part} of {whole})" if whole else " none"


def list_errors(found: Sequence[Found], texts: Mapping[str, str]) -> Iterator[str]:
    """Yield the wrong merges, then the missed ones, each with both sentences."""
    for title, pairs in (
        ("wrongly merged", wrong_merges(found)),
        ("missed", missed_merges(found)),
    ):
        for pair in pairs:
            yield f"\n{title}"
            yield from (_line(side, texts) for side in pair)


def _line(found: Found, texts: Mapping[str, str]) -> str:
    mention, told = found.mention, found.told
    sentence = told.sentence.of(texts[mention.report]).replace("\n", " ")
    return (
        f"  {mention.report} [{mention.text}] {mention.happening}"
        f" | {told.event_type} {told.status} | {sentence}"
    )


if __name__ == "__main__":
    main()
