"""Choose what tellings follow, and their happenings, some at a time.

What is in memory does not grow with how much is told at once: profiles lie in a file
(`shelf.py`), and what comes near a telling is fetched for some tellings at a time
(`near.py`). Of each telling that is known some eighty bytes are held.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import msgspec
import numpy as np

from onrecord.collapse import Chances, assemble, choose, happenings
from onrecord.engine.near import near_ones
from onrecord.engine.shelf import Facts, Numbers, Shelf, open_shelf
from onrecord.lexicon.choices import Weights
from onrecord.model.happening import Profile, Telling, make_happening_id
from onrecord.store.head import OpenRun
from onrecord.store.ranks import Ranks, rank_profiles
from onrecord.store.record import Record, Removal

PLACED_AT_ONCE = 100_000  # tellings without a place; a run that is killed loses these
NEAR_AT_ONCE = 5_000  # tellings of which those that come near are held
ROWS_A_BATCH = 20_000

Row = dict[str, Any]


class _Choices:
    """What each telling follows, and for what was chosen now all that was found."""

    def __init__(self, size: int) -> None:
        self.follows = array("i", [-1]) * size
        self.chances = array("d", [0.0]) * size
        self.against = array("i", [-1]) * size
        self.chosen = bytearray(size)


def place_tellings(
    record: Record, run: OpenRun | None, weights: Weights, version: str | None = None
) -> bool:
    """Place tellings that have no place, and those that they concern.

    Tells whether any was left; what is left behind the earliest takes another call.
    `version` tells the way of choosing from others.
    """
    with rank_profiles(record, most=PLACED_AT_ONCE) as ranks:
        parts = [batch.column("nr").to_numpy() for batch in ranks.chosen()]
        if not parts:
            return False
        chosen: Numbers = np.concatenate(parts)
        facts = Facts(ranks.numbered())
        choices = _Choices(len(facts))
        for batch in ranks.followed():
            rows = zip(*(column.to_pylist() for column in batch.columns), strict=True)
            for at, before in rows:
                choices.follows[at] = before
        with open_shelf(len(facts)) as shelf:
            shelf.fill(ranks.comparable())
            _choose(ranks, chosen, facts, shelf, weights, choices)
        changed = _changed(ranks, facts, choices, version)
        while some := list(islice(changed, ROWS_A_BATCH)):
            _write(record, run, some)
    return True


def _choose(
    ranks: Ranks,
    chosen: Numbers,
    facts: Facts,
    shelf: Shelf,
    weights: Weights,
    choices: _Choices,
) -> None:
    def siblings(_: Profile) -> Iterator[Profile]:
        return (shelf[one] for one in facts.siblings(at).tolist())

    chances = Chances(weights, siblings)
    for start in range(0, len(chosen), NEAR_AT_ONCE):
        some = chosen[start : start + NEAR_AT_ONCE]
        pairs = ranks.near(int(some[0]), int(some[-1]), window=happenings.WINDOW)
        for at, near in near_ones(pairs, some, facts, window=happenings.WINDOW):
            others = [shelf[one] for one in near.tolist()]
            ids = (other.telling_id for other in others)
            numbers = dict(zip(ids, near.tolist(), strict=True))
            (best, chance), against = choose(shelf[at], others, chances)
            choices.chosen[at] = True
            choices.follows[at] = -1 if best is None else numbers[best]
            choices.chances[at] = 0.0 if chance is None else chance
            choices.against[at] = -1 if against is None else numbers[against]


def _changed(
    ranks: Ranks, facts: Facts, choices: _Choices, version: str | None
) -> Iterator[tuple[Row, Mapping[str, Any] | None]]:
    """Yield the places that are new or other, each with what it was before.

    Those that were placed come first: a run that is killed finds them again by what
    has no place yet.
    """
    follows = (None if one < 0 else one for one in choices.follows)
    firsts = assemble(follows, facts.told)

    def place(at: int, doc_id: str, old: Mapping[str, Any] | None) -> Row:
        found = Telling(
            telling_id=facts.id_of(at),
            doc_id=doc_id,
            happening_id=make_happening_id(facts.id_of(firsts[at])),
            follows=_id(facts, choices.follows[at]),
            chance=choices.chances[at] if choices.follows[at] >= 0 else None,
            against=_id(facts, choices.against[at]),
        )
        if old is not None and not choices.chosen[at]:
            kept = {name: old[name] for name in ("follows", "chance", "against")}
            found = msgspec.structs.replace(found, **kept)
        return {**msgspec.structs.asdict(found), "version": version}

    for old in ranks.placed():
        new = place(old["nr"], old["doc_id"], old)
        if any(value != old.get(name, value) for name, value in new.items()):
            yield new, old
    for at, doc_id in ranks.fresh():
        yield place(at, doc_id, None), None


def _id(facts: Facts, at: int) -> str | None:
    return None if at < 0 else facts.id_of(at)


def _write(
    record: Record,
    run: OpenRun | None,
    changed: Sequence[tuple[Row, Mapping[str, Any] | None]],
) -> None:
    rows = [new for new, _ in changed]
    before = [old for _, old in changed if old is not None]
    touched = {row["happening_id"] for row in (*rows, *before)}
    record.commit(
        run=run,
        remove=(
            Removal("tellings", "telling_id", _ids(before)),
            Removal("happenings", "happening_id", tuple(sorted(touched))),
        ),
        add={"tellings": rows},
    )


def _ids(rows: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple(row["telling_id"] for row in rows)
