"""Pairing the events of one report as two runs have them."""

from typing import Any

import pytest

from onrecord.show.views.diff_match import pair_events, pair_statements

Row = dict[str, Any]


def span(start: int, end: int) -> Row:
    return {"start": start, "end": end}


def event(
    name: str,
    trigger: tuple[int, int],
    *,
    kind: str = "MEET",
    actors: tuple[tuple[int, int], ...] = ((0, 2),),
    recipients: tuple[tuple[int, int], ...] = (),
    sentence: tuple[int, int] = (0, 50),
) -> Row:
    return {
        "event_id": name,
        "event_type": kind,
        "trigger": span(*trigger),
        "sentence": span(*sentence),
        "actors": [span(*one) for one in actors],
        "recipients": [span(*one) for one in recipients],
    }


def pairs(was: list[Row], now: list[Row]) -> list[tuple[str | None, str | None]]:
    return [
        (old["event_id"] if old else None, new["event_id"] if new else None)
        for old, new in pair_events(was, now)
    ]


def test_words_that_overlap_make_a_pair() -> None:
    assert pairs([event("a", (5, 9))], [event("b", (7, 12))]) == [("a", "b")]


def test_words_that_only_touch_make_none_without_parties() -> None:
    was, now = event("a", (5, 9), actors=()), event("b", (9, 12), actors=())
    assert pairs([was], [now]) == [("a", None), (None, "b")]


def test_same_sentence_and_parties_make_a_pair() -> None:
    was, now = event("a", (5, 9)), event("b", (20, 25), kind="AID")
    assert pairs([was], [now]) == [("a", "b")]


def test_same_parties_in_another_sentence_make_none() -> None:
    was, now = event("a", (5, 9)), event("b", (60, 65), sentence=(51, 80))
    assert pairs([was], [now]) == [("a", None), (None, "b")]


def test_party_more_makes_none_without_common_words() -> None:
    now = event("b", (20, 25), recipients=((30, 33),))
    assert pairs([event("a", (5, 9))], [now]) == [("a", None), (None, "b")]


def test_same_id_comes_before_all() -> None:
    was = [event("a", (5, 9)), event("b", (5, 9), kind="AID")]
    now = [event("b", (5, 9), kind="MEET"), event("c", (5, 9), kind="AID")]
    assert pairs(was, now) == [("a", "c"), ("b", "b")]


@pytest.mark.parametrize("turned", [False, True])
def test_of_several_with_the_words_the_parties_decide(turned: bool) -> None:
    was = [
        event("a1", (5, 9), recipients=((20, 22),)),
        event("a2", (5, 9), recipients=((30, 32),)),
    ]
    now = [
        event("b2", (5, 9), kind="AID", recipients=((30, 32),)),
        event("b1", (5, 9), kind="AID", recipients=((20, 22),)),
    ]
    found = pairs(was, now[::-1] if turned else now)
    assert sorted(map(str, found)) == ["('a1', 'b1')", "('a2', 'b2')"]


def test_nothing_is_paired_twice() -> None:
    was = [event("a1", (5, 9)), event("a2", (6, 8))]
    assert pairs(was, [event("b", (5, 9))]) == [("a1", "b"), ("a2", None)]


def statement(name: str, cue: tuple[int, int], speaker: tuple[int, int]) -> Row:
    return {
        "statement_id": name,
        "act": "say",
        "cue": span(*cue),
        "speaker": span(*speaker),
        "sentence": span(0, 50),
    }


def test_statements_are_paired_by_cue_then_by_speaker() -> None:
    was = [statement("a", (5, 9), (0, 2)), statement("b", (20, 24), (15, 18))]
    now = [statement("c", (30, 34), (15, 18)), statement("d", (5, 9), (3, 4))]
    found = pair_statements(was, now)
    ids = {
        (old and old["statement_id"], new and new["statement_id"]) for old, new in found
    }
    assert ids == {("a", "d"), ("b", "c")}
