"""Which events of one run are those of another: the same words, read differently.

Rows of one report are paired one to one. What has the same id comes first, then what
is called up by words that overlap, then what stands in one sentence between the same
parties; of several the one that has most in common.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]
Rank = tuple[int, ...]
Pair = tuple[Row | None, Row | None]
SAME_ID, SAME_WORDS, SAME_PARTIES = range(3)


def pair_events(was: Sequence[Row], now: Sequence[Row]) -> tuple[Pair, ...]:
    """Return the events of a report in pairs, in order of their words.

    One without a counterpart stands beside None.
    """
    return _paired(was, now, _rank_events, "trigger")


def pair_statements(was: Sequence[Row], now: Sequence[Row]) -> tuple[Pair, ...]:
    """Return the statements of a report in pairs, in order of their cues."""
    return _paired(was, now, _rank_statements, "cue")


def _paired(
    was: Sequence[Row],
    now: Sequence[Row],
    rank: Callable[[Row, Row], Rank | None],
    place: str,
) -> tuple[Pair, ...]:
    ranked = sorted(
        (*found, i, j)
        for i, old in enumerate(was)
        for j, new in enumerate(now)
        if (found := rank(old, new)) is not None
    )
    partners: dict[int, int] = {}
    taken: set[int] = set()
    for *_, i, j in ranked:
        if i not in partners and j not in taken:
            partners[i] = j
            taken.add(j)
    pairs: list[Pair] = [
        (old, now[partners[i]] if i in partners else None) for i, old in enumerate(was)
    ]
    pairs += [(None, new) for j, new in enumerate(now) if j not in taken]
    return tuple(sorted(pairs, key=lambda pair: _place(pair, place)))


def _place(pair: Pair, place: str) -> tuple[int, int, bool]:
    row = pair[1] or pair[0]
    assert row is not None  # one of a pair is there
    return row[place]["start"], row[place]["end"], pair[1] is None


def _rank_events(was: Row, now: Row) -> Rank | None:
    """Return how well two events fit, the best lowest; None where they do not."""
    shared = sum(1 for _ in _shared(was, now))
    rest = (
        int(was["event_type"] != now["event_type"]),
        -shared,
        abs(was["trigger"]["start"] - now["trigger"]["start"])
        + abs(was["trigger"]["end"] - now["trigger"]["end"]),
    )
    if was["event_id"] == now["event_id"]:
        return SAME_ID, *rest
    if _overlap(was["trigger"], now["trigger"]):
        return SAME_WORDS, *rest
    counts = [len(row["actors"]) + len(row["recipients"]) for row in (was, now)]
    if _overlap(was["sentence"], now["sentence"]) and counts == [shared, shared]:
        return (SAME_PARTIES, *rest) if shared else None
    return None


def _rank_statements(was: Row, now: Row) -> Rank | None:
    same_speaker = _overlap(was["speaker"], now["speaker"])
    rest = (
        int(not same_speaker),
        int(was["act"] != now["act"]),
        abs(was["cue"]["start"] - now["cue"]["start"]),
    )
    if was["statement_id"] == now["statement_id"]:
        return SAME_ID, *rest
    if _overlap(was["cue"], now["cue"]):
        return SAME_WORDS, *rest
    if same_speaker and _overlap(was["sentence"], now["sentence"]):
        return SAME_PARTIES, *rest
    return None


def _shared(was: Row, now: Row) -> Iterator[Row]:
    """Yield the parties that both events have in the same role."""
    for column in ("actors", "recipients"):
        others = list(now[column])
        for party in was[column]:
            found = next((one for one in others if _overlap(party, one)), None)
            if found is not None:
                others.remove(found)
                yield party


def _overlap(one: Row, other: Row) -> bool:
    return bool(one["start"] < other["end"] and other["start"] < one["end"])
