"""Which cells of two rows differ, and in what."""

import datetime as dt
from typing import Any

import pytest

from onrecord.show.views.diff_cells import event_changes, statement_changes

Row = dict[str, Any]
SENTENCE = "Russia demanded guarantees in Minsk on Monday"


def span(words: str) -> Row:
    at = SENTENCE.index(words)
    return {"start": at, "end": at + len(words), "text": words}


def party(words: str, **cells: Any) -> Row:
    return {
        **span(words),
        "name": words,
        "entity_id": f"ent-{words}",
        "country": None,
        "sectors": [],
        "role": None,
        "basis": "lexicon",
        "antecedent": None,
        **cells,
    }


def place(**cells: Any) -> Row:
    kept = {"name": "Minsk", "country": "BLR", "admin1": None, "precision": "city"}
    point = {"lat": 53.9, "lon": 27.57, "geonameid": 625144}
    return {**span("Minsk"), **kept, **point, **cells}


def cell(name: str, value: str, rule: str, words: str = "demanded") -> Row:
    return {"cell": name, "value": value, "spans": [span(words)], "rule": rule}


def event(**cells: Any) -> Row:
    return {
        "sentence": span(SENTENCE),
        "cells": [
            cell("event_type", "REQUEST", "frames/demand#1"),
            cell("factuality", "happened", "past"),
        ],
        "actors": [party("Russia", country="RUS")],
        "recipients": [],
        "historical": False,
        "condition": None,
        "attribution": [],
        "when_from": dt.date(2022, 1, 24),
        "when_to": dt.date(2022, 1, 24),
        "when_basis": "text",
        "when_granularity": "day",
        "when_spans": [span("Monday")],
        "places": [place()],
        "quantities": [],
        **cells,
    }


def told(changed: Row) -> list[tuple[str, str, str | None, str | None]]:
    return [
        (
            one.cell,
            one.what.value,
            one.was.value if one.was else None,
            one.now.value if one.now else None,
        )
        for one in event_changes(event(), changed)
    ]


def test_rows_alike_differ_in_no_cell() -> None:
    assert told(event()) == []


def test_other_rule_for_the_same_value_is_told_as_that() -> None:
    cells = [
        cell("event_type", "REQUEST", "frames/demand#2"),
        cell("factuality", "happened", "past"),
    ]
    assert told(event(cells=cells)) == [("type", "rule", "REQUEST", "REQUEST")]


def test_how_sure_a_rule_was_is_no_difference() -> None:
    def read(sure: str) -> Row:
        return event(cells=[cell("event_type", "REQUEST", f"reader/event@{sure}")])

    assert event_changes(read("0.97"), read("1.00")) == ()


def test_other_words_for_the_same_value_are_told_as_that() -> None:
    cells = [
        cell("event_type", "REQUEST", "frames/demand#1", "demanded guarantees"),
        cell("factuality", "happened", "past"),
    ]
    assert told(event(cells=cells)) == [("type", "words", "REQUEST", "REQUEST")]


@pytest.mark.parametrize(
    ("cells", "change"),
    [
        (
            {"actors": [party("Russia", country="RUS", sectors=["GOV"])]},
            ("actor", "value", "Russia (RUS)", "Russia (RUS, GOV)"),
        ),
        ({"actors": []}, ("actor", "value", "Russia (RUS)", None)),
        (
            {"recipients": [party("Minsk", country="BLR")]},
            ("recipient", "value", None, "Minsk (BLR)"),
        ),
        ({"historical": True}, ("historical", "value", None, "yes")),
        ({"places": []}, ("where", "value", "Minsk, BLR, city", None)),
        ({"condition": span("guarantees")}, ("condition", "value", None, "guarantees")),
        (
            {"when_to": dt.date(2022, 1, 30), "when_granularity": "week"},
            (
                "when",
                "value",
                "2022-01-24 (day)",
                "2022-01-24..30 (week)",
            ),
        ),
        (
            {"when_from": None},
            ("when", "value", "2022-01-24 (day)", None),
        ),
    ],
)
def test_cell_that_differs_is_told_as_it_was_and_is(
    cells: Row, change: tuple[str, str, str | None, str | None]
) -> None:
    assert told(event(**cells)) == [change]


def test_values_that_are_shown_alike_are_told_apart() -> None:
    moved = event(actors=[party("Russia", country="RUS", entity_id="ent-2")])
    assert told(moved) == [
        ("actor", "value", "Russia (RUS) [ent-Russia]", "Russia (RUS) [ent-2]")
    ]
    ((_, what, was, now),) = told(event(places=[place(geonameid=1)]))
    assert (what, was, now) == (
        "value",
        "Minsk, BLR, city [625144 53.9 27.57]",
        "Minsk, BLR, city [1 53.9 27.57]",
    )


def test_sentence_that_is_cut_differently_is_told() -> None:
    shorter = "Russia demanded guarantees"
    assert told(event(sentence=span(shorter))) == [
        ("sentence", "value", SENTENCE, shorter)
    ]
    assert "sentence" not in {one.cell for one in event_changes(None, event())}


def test_of_several_actors_those_with_the_same_words_are_compared() -> None:
    was = event(actors=[party("Russia"), party("Minsk")])
    now = event(actors=[party("Minsk", country="BLR"), party("Russia")])
    (change,) = event_changes(was, now)
    assert (change.was and change.was.value, change.now and change.now.value) == (
        "Minsk",
        "Minsk (BLR)",
    )


def statement(**cells: Any) -> Row:
    return {
        "sentence": span(SENTENCE),
        "speaker": {**party("Russia"), "anonymous": False},
        "cue": span("demanded"),
        "act": "demand",
        "form": "indirect",
        "content": [span("guarantees")],
        "addressee": None,
        "venue": None,
        "when_from": None,
        "rule": "cues/demand",
        **cells,
    }


def test_cells_of_statements_are_compared_too() -> None:
    now = statement(act="ask", content=[span("guarantees in Minsk")])
    changes = statement_changes(statement(), now)
    assert [(one.cell, one.what.value) for one in changes] == [
        ("act", "value"),
        ("content", "value"),
    ]
