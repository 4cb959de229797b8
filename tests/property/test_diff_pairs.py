"""Any two lists of events of a report are paired one to one."""

from collections import Counter
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from onrecord.show.views.diff_match import pair_events

Row = dict[str, Any]
PLACES = st.integers(min_value=0, max_value=12)


@st.composite
def spans(draw: st.DrawFn) -> Row:
    start = draw(PLACES)
    return {"start": start, "end": start + draw(st.integers(1, 4))}


@st.composite
def events(draw: st.DrawFn, names: str) -> Row:
    return {
        "event_id": draw(st.sampled_from(names)),
        "event_type": draw(st.sampled_from(("AID", "REJECT"))),
        "trigger": draw(spans()),
        "sentence": {"start": 0, "end": draw(st.sampled_from((8, 20)))},
        "actors": draw(st.lists(spans(), max_size=2)),
        "recipients": draw(st.lists(spans(), max_size=2)),
    }


def some(names: str) -> st.SearchStrategy[list[Row]]:
    return st.lists(events(names), max_size=6, unique_by=lambda row: row["event_id"])


@given(some("abcdef"), some("cdefgh"))
def test_every_event_is_in_one_pair_and_the_same_id_with_its_own(
    was: list[Row], now: list[Row]
) -> None:
    pairs = pair_events(was, now)
    assert Counter(p[0]["event_id"] for p in pairs if p[0]) == Counter(
        row["event_id"] for row in was
    )
    assert Counter(p[1]["event_id"] for p in pairs if p[1]) == Counter(
        row["event_id"] for row in now
    )
    assert all(old or new for old, new in pairs)
    partners = {p[0]["event_id"]: p[1] and p[1]["event_id"] for p in pairs if p[0]}
    for name in {r["event_id"] for r in was} & {r["event_id"] for r in now}:
        assert partners[name] == name


@given(some("abcdef"))
def test_a_report_beside_itself_has_nothing_new(rows: list[Row]) -> None:
    assert all(old is new for old, new in pair_events(rows, rows))


@given(some("abc"), some("def"))
def test_nothing_is_left_that_overlaps(was: list[Row], now: list[Row]) -> None:
    pairs = pair_events(was, now)
    gone = [old for old, new in pairs if old and new is None]
    come = [new for old, new in pairs if new and old is None]
    for old in gone:
        for new in come:
            a, b = old["trigger"], new["trigger"]
            assert a["end"] <= b["start"] or b["end"] <= a["start"]
