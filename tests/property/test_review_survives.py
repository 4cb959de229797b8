"""Corrections outlive reruns, other models, copies, and the record itself."""

import datetime as dt
import itertools
import json
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest

from onrecord.engine.run import Coder, run_reports
from onrecord.engine.worker import Worker
from onrecord.model.document import Document
from onrecord.model.event import CodedDocument, EventType
from onrecord.model.evidence import Cited
from onrecord.model.judgement import Judgement
from onrecord.ontology import load_ontology
from onrecord.show.exchange import lines
from onrecord.show.review import find_decisions
from onrecord.store.query import connect
from onrecord.store.verify import verify
from tests.support import reports
from tests.support.reviews import ask, event_ids, judged, run, states, take

TEXT = "A met B on the dams. Then A met C, and later A met D for good."
JAN = dt.date(2022, 1, 20)
MADE = "2026-03-01T00:00:00+00:00"


def other_code(document: Document, *, first_type: EventType) -> CodedDocument:
    """Code as another model does: other rules, and the first event of another type."""
    coded = reports.code(document)
    events = [
        msgspec.structs.replace(
            event,
            event_id=f"{event.event_id}-other",
            event_type=Cited(
                first_type if number == 0 else event.event_type.value,
                event.event_type.spans,
                "heads/type",
            ),
        )
        for number, event in enumerate(coded.events)
    ]
    return msgspec.structs.replace(coded, events=tuple(events))


def other_worker(first_type: EventType) -> Worker:
    return partial(other_code, first_type=first_type)


def other_coder(first_type: EventType = EventType.CONSULT) -> Coder:
    versions = msgspec.structs.replace(reports.VERSIONS, model="mod-2")
    return Coder(
        versions=versions,
        ontology=load_ontology(),
        make_worker=partial(other_worker, first_type),
    )


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A record whose first event is an assault, and whose last one is rejected."""
    path = tmp_path / "rec"
    run(path, [reports.report(TEXT, date=JAN)])
    first, _, last = event_ids(path)
    take(
        path,
        judged(first, made=MADE, type="ASSAULT", where=[{"words": "dams"}]),
        judged(last, "reject", made=MADE, author="bo"),
    )
    return path


def kept(path: Path) -> list[tuple[Any, ...]]:
    """Return what events say, by their words."""
    sql = (
        'SELECT e."trigger".start AS at, event_type, list_transform(places,'
        " lambda p: p.text) AS places FROM events AS e ORDER BY 1"
    )
    return [tuple(row.values()) for row in ask(path, sql)]


CORRECTED = [(2, "ASSAULT", ["dams"]), (28, "CONSULT", ["met"])]


def sound(path: Path) -> bool:
    parties = (
        "SELECT event_id, len(actors) + len(recipients) + len(attribution) AS n"
        " FROM events EXCEPT SELECT event_id, count(*) FROM event_parties GROUP BY 1"
    )
    return list(verify(path)) == [] and ask(path, parties) == []


def test_rerun_with_another_model_keeps_them(record: Path) -> None:
    assert kept(record) == CORRECTED
    run_reports(record, [], inputs=["again"], coder=other_coder(), recode=True)
    assert all(e.endswith("-other") for e in event_ids(record))
    assert kept(record) == CORRECTED
    assert {state[2] for state in states(record)} == {"in_force"}
    assert sound(record)


@pytest.mark.slow
def test_model_that_says_the_same_agrees(record: Path) -> None:
    better = other_coder(EventType.ASSAULT)
    run_reports(record, [], inputs=["again"], coder=better, recode=True)
    assert kept(record) == CORRECTED
    assert sorted(state[1:3] for state in states(record) if state[1]) == [
        ("type", "agreed"),
        ("where", "in_force"),
    ]
    assert sound(record)


def test_earlier_copy_that_becomes_the_original_keeps_them(record: Path) -> None:
    earlier = reports.report(TEXT, date=JAN - dt.timedelta(days=9), outlet="First")
    run(record, [earlier])
    assert {row["doc_id"] for row in ask(record, "FROM events")} == {earlier.doc_id}
    assert kept(record) == CORRECTED
    assert {state[2] for state in states(record)} == {"in_force"}
    assert sound(record)


@pytest.mark.slow
def test_record_made_anew_takes_them_over(record: Path, tmp_path: Path) -> None:
    raw = "\n".join(
        json.dumps(lines.correction_line(one.correction))
        for one in find_decisions(connect(record))
    ).encode()
    anew = tmp_path / "anew"
    run(anew, [reports.report(TEXT, date=JAN)])
    taken = take(anew, *lines.read(raw))
    assert (len(taken.added), taken.refused) == (3, ())
    assert kept(anew) == CORRECTED
    for table in ("corrections", "reviewed", "corrected"):
        assert ask(anew, f"FROM {table} ORDER BY ALL") == ask(
            record, f"FROM {table} ORDER BY ALL"
        )
    assert take(record, *lines.read(raw)).added == ()


def test_taking_twice_changes_nothing(record: Path) -> None:
    first, second, _ = (e for e in event_ids(record))
    said = [judged(second, factuality="denied"), judged(first, made=MADE)]
    assert len(take(record, *said).added) == 2
    before = connect(record).sql("FROM runs").fetchall(), versions(record)
    taken = take(record, *said, now=dt.datetime(2027, 1, 1, tzinfo=dt.UTC))
    assert (taken.added, taken.known) == ((), 2)
    assert (connect(record).sql("FROM runs").fetchall(), versions(record)) == before


def versions(path: Path) -> bytes:
    """Return what changes with every change of a table."""
    head = json.loads((path / "record.json").read_bytes())
    return json.dumps(head["versions"], sort_keys=True).encode()


@pytest.mark.slow
def test_order_of_imports_changes_nothing(tmp_path: Path) -> None:
    outcomes = []
    for number, order in enumerate(itertools.permutations(range(3))):
        path = tmp_path / str(number)
        run(path, [reports.report(TEXT, date=JAN)])
        first, second, _ = event_ids(path)
        said: list[list[Judgement]] = [
            [
                judged(first, author="ana", made="2026-01-01", type="ASSAULT"),
                judged(second, "reject", author="ana", made="2026-01-02"),
            ],
            [judged(first, author="bo", made="2026-01-02", type="COERCE")],
            [
                judged(first, author="cy", made="2026-01-03", factuality="denied"),
                judged(second, author="cy", made="2026-01-01"),
            ],
        ]
        for place in order:
            for judgement in said[place]:
                assert len(take(path, judgement).added) == 1
        outcomes.append(
            [
                ask(path, f"SELECT {columns} FROM {table} ORDER BY ALL")
                for table, columns in (
                    ("reviewed", "verdict, cell, state, event_id, why"),
                    ("events", "event_id, event_type, factuality, telling_id"),
                    ("happenings", "* EXCLUDE (numbers)"),
                )
            ]
        )
        assert sound(path)
    assert all(outcome == outcomes[0] for outcome in outcomes)
    assert [row["state"] for row in outcomes[0][0]].count("overruled") == 2
