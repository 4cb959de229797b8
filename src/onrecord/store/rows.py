"""Between the program's records and the rows of the tables.

Row of an event or statement = its line in CONTRACT.md's form, with the time spread
over columns and `where` called `places`, since both are words of SQL.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from onrecord.model.annotation import Quantity
from onrecord.model.correction import Anchor, Correction, ReviewCell, Verdict
from onrecord.model.document import DateBasis, Document, Rejected
from onrecord.model.event import CodedDocument, Event, Statement
from onrecord.model.ids import content_id
from onrecord.model.run import Run, RunStatus, Tally, Versions
from onrecord.model.story import Membership, Story
from onrecord.ontology import Ontology
from onrecord.records import (
    SCHEMA_VERSION,
    event_record,
    quantity_record,
    statement_record,
)

Row = dict[str, Any]

WHEN_KEYS = ("from", "to", "basis", "granularity", "spans")
SPAN_KEYS = ("start", "end", "text")


def report_row(document: Document, *, exact_id: str | None, run_id: str | None) -> Row:
    """Return the row of a report."""
    return {
        "doc_id": document.doc_id,
        "source_id": document.source_id,
        "exact_id": exact_id,
        "date": document.date,
        "date_basis": document.date_basis.value,
        "title": document.title,
        "url": document.url,
        "outlet": document.outlet,
        "language": document.language,
        "text": document.text,
        "body_start": document.body_start,
        "file": document.file,
        "position": document.position,
        "extractor": document.extractor,
        "run_id": run_id,
    }


def report_of(row: Mapping[str, Any]) -> Document:
    """Return the report that a row of `reports` holds."""
    return Document(
        doc_id=row["doc_id"],
        source_id=row["source_id"],
        text=row["text"],
        date=row["date"],
        date_basis=DateBasis(row["date_basis"]),
        title=row["title"],
        url=row["url"],
        outlet=row["outlet"],
        language=row["language"],
        body_start=row["body_start"],
        file=row["file"],
        position=row["position"],
        extractor=row["extractor"],
    )


def coded_rows(
    coded: CodedDocument, *, ontology: Ontology, story_id: str
) -> Iterator[tuple[str, Row]]:
    """Yield (table, row) of everything found in a report.

    Two things of one id are one thing: the first stays.
    """
    document = coded.document
    for event in _events(coded):
        line = event_record(event, document, ontology=ontology, story_id=story_id)
        yield "events", event_row(line)
        for party in party_rows(line):
            yield "event_parties", party
    for statement in _statements(coded):
        line = statement_record(statement, document, story_id=story_id)
        yield "statements", _spread_when(line)
    for quantity in _quantities(coded):
        line = quantity_record(quantity, document)
        yield "quantities", quantity_row(line, story_id=story_id)


def event_row(line: Mapping[str, Any]) -> Row:
    """Return the row of an event's line."""
    row = _spread_when(line)
    row["places"] = row.pop("where")
    return row


def party_rows(line: Mapping[str, Any]) -> Iterator[Row]:
    """Yield one row for each party of an event's line, whatever its slot."""
    slots = (("actor", "actors"), ("recipient", "recipients"), ("by", "attribution"))
    for slot, key in slots:
        for position, party in enumerate(line[key]):
            yield {
                "event_id": line["event_id"],
                "doc_id": line["doc_id"],
                "story_id": line["story_id"],
                "slot": slot,
                "position": position,
                "span": {key: party[key] for key in SPAN_KEYS},
                **{k: v for k, v in party.items() if k not in SPAN_KEYS},
            }


def quantity_row(line: Mapping[str, Any], *, story_id: str) -> Row:
    """Return the row of a quantity's line; a report has one number at a place."""
    return {
        **line,
        "quantity_id": content_id("qty", line["doc_id"], line["start"], line["end"]),
        "story_id": story_id,
        "span": {key: line[key] for key in SPAN_KEYS},
    }


def line_of(kind: str, row: Mapping[str, Any]) -> Row:
    """Return the line in CONTRACT.md's form of a row of `events` or `statements`.

    `kind` is "event" or "statement". What `event_row` and `coded_rows` did is undone.
    """
    line: Row = {"record": kind, "schema_version": SCHEMA_VERSION}
    for column, value in row.items():
        if column == "when_from":
            line["when"] = _gather_when(row)
        elif column.startswith("when_"):
            continue
        else:
            line["where" if column == "places" else column] = value
    return line


def story_row(story: Story) -> Row:
    """Return the row of a story."""
    return msgspec.to_builtins(story)  # type: ignore[no-any-return]


def membership_row(membership: Membership) -> Row:
    """Return the row of a report's place in its story."""
    return msgspec.to_builtins(membership)  # type: ignore[no-any-return]


def rejected_row(rejected: Rejected, *, run_id: str) -> Row:
    """Return the row of a report that could not be taken."""
    return {**msgspec.to_builtins(rejected), "run_id": run_id}


def coding_row(coded: CodedDocument, *, run_id: str) -> Row:
    """Return the row that says a report was coded, and what came of it."""
    return {
        "doc_id": coded.document.doc_id,
        "run_id": run_id,
        "events": len(_events(coded)),
        "statements": len(_statements(coded)),
        "quantities": len(_quantities(coded)),
        "rejected_id": None,
    }


def failed_coding_row(doc_id: str, rejected: Rejected, *, run_id: str) -> Row:
    """Return the row that says a report could not be coded."""
    return {
        "doc_id": doc_id,
        "run_id": run_id,
        "events": 0,
        "statements": 0,
        "quantities": 0,
        "rejected_id": rejected.rejected_id,
    }


def correction_row(correction: Correction) -> Row:
    """Return the row of a correction."""
    anchor = correction.anchor
    return {
        "correction_id": correction.correction_id,
        "event_id": anchor.event_id,
        "doc_id": anchor.doc_id,
        "cell": correction.cell,
        "value": correction.value,
        "note": correction.note,
        "author": correction.author,
        "made": correction.made,
        "verdict": correction.verdict,
        "was": correction.was,
        "sentence": anchor.sentence,
        "sentence_occurrence": anchor.sentence_occurrence,
        "trigger": anchor.trigger,
        "occurrence": anchor.occurrence,
        "event_type": anchor.event_type,
        "actors": list(anchor.actors),
        "recipients": list(anchor.recipients),
        "shown_in": anchor.run_id,
    }


def correction_of(row: Mapping[str, Any]) -> Correction:
    """Return the correction that a row of `corrections` holds."""
    return Correction(
        correction_id=row["correction_id"],
        verdict=Verdict(row["verdict"]),
        anchor=Anchor(
            doc_id=row["doc_id"],
            event_id=row["event_id"],
            sentence=row["sentence"],
            sentence_occurrence=row["sentence_occurrence"],
            trigger=row["trigger"],
            occurrence=row["occurrence"],
            event_type=row["event_type"],
            actors=tuple(row["actors"] or ()),
            recipients=tuple(row["recipients"] or ()),
            run_id=row["shown_in"],
        ),
        cell=ReviewCell(row["cell"]) if row["cell"] else None,
        was=row["was"],
        value=row["value"],
        author=row["author"],
        made=row["made"],
        note=row["note"],
    )


def run_row(run: Run) -> Row:
    """Return the row of an ended run."""
    return {
        "run_id": run.run_id,
        "number": run.number,
        "status": run.status.value,
        "started": run.started,
        "finished": run.finished,
        "resumed": run.resumed,
        "program": run.versions.program,
        "schema_version": run.versions.schema,
        "lexicon": run.versions.lexicon,
        "model": run.versions.model,
        "extractors": list(run.versions.extractors),
        "inputs": list(run.inputs),
        "tally": msgspec.to_builtins(run.tally),
        "table_versions": [
            {"table": table, "version": version}
            for table, version in sorted(run.table_versions.items())
        ],
    }


def run_of(row: Mapping[str, Any]) -> Run:
    """Return the run that a row of `runs` holds."""
    return Run(
        run_id=row["run_id"],
        number=row["number"],
        versions=Versions(
            program=row["program"],
            schema=row["schema_version"],
            lexicon=row["lexicon"],
            model=row["model"],
            extractors=tuple(row["extractors"] or ()),
        ),
        inputs=tuple(row["inputs"]),
        tally=_tally_of(row["tally"]),
        started=row["started"],
        finished=row["finished"],
        status=RunStatus(row["status"]),
        resumed=row["resumed"],
        table_versions={t["table"]: t["version"] for t in row["table_versions"]},
    )


def _tally_of(row: Mapping[str, Any]) -> Tally:
    """Return an account; what an older program did not count it does not hold."""
    counts = {name: count for name, count in row.items() if count is not None}
    return msgspec.convert(counts, Tally)


def _events(coded: CodedDocument) -> tuple[Event, ...]:
    return tuple({e.event_id: e for e in reversed(coded.events)}.values())[::-1]


def _statements(coded: CodedDocument) -> tuple[Statement, ...]:
    return tuple({s.statement_id: s for s in reversed(coded.statements)}.values())[::-1]


def _quantities(coded: CodedDocument) -> tuple[Quantity, ...]:
    return tuple({q.span: q for q in reversed(coded.quantities)}.values())[::-1]


def _spread_when(line: Mapping[str, Any]) -> Row:
    when = line["when"] or dict.fromkeys(WHEN_KEYS)
    row = {k: v for k, v in line.items() if k != "when"}
    row.update({f"when_{key}": when[key] for key in WHEN_KEYS})
    row["when_from"] = _day(when["from"])
    row["when_to"] = _day(when["to"])
    row["when_spans"] = when["spans"] or []
    return row


def _gather_when(row: Mapping[str, Any]) -> Row | None:
    if row["when_from"] is None:
        return None
    return {
        "from": row["when_from"].isoformat(),
        "to": row["when_to"].isoformat(),
        "basis": row["when_basis"],
        "granularity": row["when_granularity"],
        "spans": row["when_spans"],
    }


def _day(iso: str | None) -> dt.date | None:
    return dt.date.fromisoformat(iso) if iso else None
