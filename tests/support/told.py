"""A record written row by row, for tests of the views that need no reader.

Each event has a sentence of its own, which is a line of its report. Names of parties
are looked up in the sentence.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
from deltalake import write_deltalake

from onrecord.collapse import make_happening
from onrecord.ontology import load_ontology
from onrecord.store.delta import create_table
from onrecord.store.head import Head, write_head
from onrecord.store.rows import party_rows
from onrecord.store.tables import TABLES, make_table

Row = dict[str, Any]
TYPES = load_ontology().event_types
CODES = {"Russia": "RUS", "Ukraine": "UKR", "Sudan": "SDN", "Chad": "TCD"}
CODES |= {f"{count} Russian soldiers": "RUS" for count in (100, 130)}


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A report; one that copies another is of its story."""

    doc_id: str
    day: int | None
    text: str
    outlet: str | None = "Gazette"
    copies: str | None = None
    relation: str = "original"
    title: str | None = None
    url: str | None = None


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """An event whose sentence is line `line` of its report.

    Its telling is `tel-<name>`. `numbers` are (words, value, what is counted).
    """

    name: str
    doc_id: str
    line: int
    event_type: str
    trigger: str
    happening: str
    factuality: str = "happened"
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    numbers: tuple[tuple[str, float, str], ...] = ()
    against: str | None = None
    historical: bool = False
    confidence: float = 0.9
    place: str | None = None


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A statement whose sentence is line `line` of its report."""

    name: str
    doc_id: str
    line: int
    act: str
    speaker: str
    cue: str


def write_record(
    folder: Path,
    reports: Iterable[Report],
    events: Iterable[Told] = (),
    statements: Iterable[Said] = (),
    links: Iterable[Mapping[str, Any]] = (),
) -> Path:
    """Write a record in `folder` and return it."""
    by_id = {report.doc_id: report for report in reports}
    told = list(events)
    coded = [_event(e, by_id[e.doc_id]) for e in told]
    rows: dict[str, list[Row]] = {
        "reports": [_report(r) for r in by_id.values()],
        "memberships": [_membership(r) for r in by_id.values()],
        "stories": _stories(by_id),
        "events": coded,
        "event_parties": [
            party for row in coded for party in party_rows(_filled("events", row))
        ],
        "tellings": [_telling(e) for e in told],
        "happenings": _happenings(told, by_id),
        "statements": [_statement(s, by_id[s.doc_id]) for s in statements],
        "links": list(links),
    }
    versions = {}
    for name in TABLES:
        create_table(folder / name, TABLES[name])
        versions[name] = 0
        if rows.get(name):
            made = make_table(name, [_filled(name, row) for row in rows[name]])
            write_deltalake(folder / name, made, mode="append")
            versions[name] = 1
    write_head(folder, Head(versions=versions))
    return folder


def day(number: int | None) -> dt.date | None:
    """Return a day of January 2022."""
    return None if number is None else dt.date(2022, 1, number)


def _filled(table: str, row: Mapping[str, Any]) -> Row:
    """Return a row with every column of its table, absent ones empty."""
    return {
        field.name: row.get(field.name, [] if pa.types.is_list(field.type) else None)
        for field in TABLES[table]
    }


def _report(report: Report) -> Row:
    return {
        "doc_id": report.doc_id,
        "source_id": f"src-{report.doc_id}",
        "date": day(report.day),
        "outlet": report.outlet,
        "title": report.title,
        "url": report.url,
        "text": report.text,
        "body_start": 0,
        "language": "en",
    }


def _membership(report: Report) -> Row:
    return {
        "doc_id": report.doc_id,
        "story_id": f"sto-{report.copies or report.doc_id}",
        "relation": report.relation,
        "of": report.copies,
        "similarity": 1.0,
    }


def _stories(by_id: Mapping[str, Report]) -> list[Row]:
    originals = [r.doc_id for r in by_id.values() if r.copies is None]
    return [
        {
            "story_id": f"sto-{doc_id}",
            "original": doc_id,
            "report_count": 1 + sum(r.copies == doc_id for r in by_id.values()),
        }
        for doc_id in originals
    ]


def _event(event: Told, report: Report) -> Row:
    sentence = _sentence(report, event.line)
    trigger = _span(sentence, event.trigger)
    return {
        "event_id": f"evt-{event.name}",
        "doc_id": event.doc_id,
        "source_id": f"src-{event.doc_id}",
        "story_id": f"sto-{event.doc_id}",
        "telling_id": f"tel-{event.name}",
        "event_type": event.event_type,
        "quad": TYPES[event.event_type].quad,
        "trigger": trigger,
        "sentence": sentence,
        "actors": [_party(sentence, name) for name in event.actors],
        "recipients": [_party(sentence, name) for name in event.recipients],
        "factuality": event.factuality,
        "historical": event.historical,
        "attribution": [
            {**_party(sentence, name), "anonymous": False, "cue": trigger}
            for name in event.by
        ],
        "when_from": day(report.day),
        "when_to": day(report.day),
        "when_basis": "publication",
        "quantities": [
            {**_span(sentence, words), "value": value, "of": of, "modifier": "exact"}
            for words, value, of in event.numbers
        ],
        "places": [{**_span(sentence, event.place), "name": event.place}]
        if event.place
        else [],
        "confidence": event.confidence,
        "rule": "test",
        "cells": [
            {
                "cell": "event_type",
                "value": event.event_type,
                "spans": [trigger],
                "rule": "test",
            }
        ],
    }


def _statement(said: Said, report: Report) -> Row:
    sentence = _sentence(report, said.line)
    return {
        "statement_id": f"stm-{said.name}",
        "doc_id": said.doc_id,
        "source_id": f"src-{said.doc_id}",
        "story_id": f"sto-{said.doc_id}",
        "speaker": {**_party(sentence, said.speaker), "anonymous": False},
        "cue": _span(sentence, said.cue),
        "act": said.act,
        "form": "indirect",
        "content": [sentence],
        "sentence": sentence,
    }


def _telling(event: Told) -> Row:
    return {
        "telling_id": f"tel-{event.name}",
        "doc_id": event.doc_id,
        "happening_id": event.happening,
        "against": event.against and f"tel-{event.against}",
    }


def _happenings(told: list[Told], by_id: Mapping[str, Report]) -> list[Row]:
    rows = [
        {
            **_event(event, by_id[event.doc_id]),
            "happening_id": event.happening,
            "date": day(by_id[event.doc_id].day),
            "outlet": by_id[event.doc_id].outlet,
        }
        for event in told
    ]
    for row in rows:
        row["mode"] = None
        row["quantities"] = [
            {"low": None, "high": None, **q} for q in row["quantities"]
        ]
    rows.sort(key=lambda row: (row["happening_id"], row["date"] or dt.date.max))
    groups = groupby(rows, key=itemgetter("happening_id"))
    return [
        msgspec.to_builtins(make_happening(list(group), ()), builtin_types=(dt.date,))
        for _, group in groups
    ]


def _sentence(report: Report, line: int) -> Row:
    lines = report.text.split("\n")
    start = sum(len(one) + 1 for one in lines[:line])
    return {"start": start, "end": start + len(lines[line]), "text": lines[line]}


def _span(sentence: Row, words: str) -> Row:
    at = sentence["text"].index(words) + sentence["start"]
    return {"start": at, "end": at + len(words), "text": words}


def _party(sentence: Row, name: str) -> Row:
    return {
        **_span(sentence, name),
        "name": name,
        "entity_id": f"ent-{name.lower()}",
        "country": CODES.get(name),
        "sectors": [],
        "basis": "lexicon",
    }
