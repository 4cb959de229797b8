"""Count what events of one report are right.

Figures, in per cent:

  found    F1 of events by overlap of their triggers, whatever the type
  typed    F1 of events of the right type: triggers overlap, or sentence and parties
  dyad     typed, and every actor and recipient is right and there is no other
  fact     factuality right, among typed; kappa is Cohen's
  unreal   of what is called happened, the share that is not (lower is better)
  by       on whose word, right among typed: the innermost source, or nobody

Doubtful gold events count where they are matched and nowhere else.
"""

from collections.abc import Mapping, Sequence

import msgspec

from onrecord.model.event import Factuality
from onrecord.score.cells import count_cells
from onrecord.score.counting import (
    Counts,
    Overlap,
    Share,
    add,
    count_overlap,
    count_share,
    kappa_of,
    overlap_of,
    share_of,
)
from onrecord.score.matching import (
    Pair,
    are_same_parties,
    is_actor_right,
    is_recipient_right,
    match_types,
    match_words,
)
from onrecord.score.shapes import Act, Report

HAPPENED = Factuality.HAPPENED.value
FACT = "fact."


class EventFigures(msgspec.Struct, frozen=True, kw_only=True):
    """How well events agree; `confusion` has "gold>given" of unequal factualities."""

    found: Overlap
    typed: Overlap
    dyad: Overlap | None
    fact: Share | None
    kappa: float | None
    unreal: Share | None
    by: Share | None
    confusion: Mapping[str, int]
    by_type: Mapping[str, Overlap]


def count_events(gold: Report, given: Report) -> Counts:
    """Return the counts of one report; only at the places gold was asked about."""
    wanted, ours = gold.events or (), given.events or ()
    counts: Counts = {}
    if gold.judged is not None:
        near = tuple(e for e in ours if any(e.trigger.overlaps(j) for j in gold.judged))
        add(counts, "events.outside", len(ours) - len(near))
        ours = near
    found, typed = match_words(wanted, ours), match_types(wanted, ours)
    _count_found(counts, wanted, ours, found)
    _count_typed(counts, wanted, ours, typed)
    _count_unreal(counts, wanted, ours, found)
    for at, to in typed:
        _count_factuality(counts, wanted[at], ours[to])
        _count_source(counts, wanted[at], ours[to])
        count_cells(counts, wanted[at], ours[to])
    return counts


def missed_events(gold: Report, given: Report) -> tuple[Act, ...]:
    """Return the sure gold events for which no event of their type was given."""
    wanted = gold.events or ()
    taken = {at for at, _ in match_types(wanted, given.events or ())}
    return tuple(
        event for at, event in enumerate(wanted) if at not in taken and not event.unsure
    )


def _due(wanted: Sequence[Act], pairs: Sequence[Pair]) -> list[int]:
    taken = {at for at, _ in pairs}
    return [at for at, g in enumerate(wanted) if not g.unsure or at in taken]


def _count_found(
    counts: Counts, wanted: Sequence[Act], ours: Sequence[Act], found: Sequence[Pair]
) -> None:
    due = _due(wanted, found)
    count_overlap(counts, "found", right=len(found), given=len(ours), gold=len(due))


def _count_typed(
    counts: Counts, wanted: Sequence[Act], ours: Sequence[Act], typed: Sequence[Pair]
) -> None:
    due = _due(wanted, typed)
    count_overlap(counts, "typed", right=len(typed), given=len(ours), gold=len(due))
    for at in due:
        add(counts, f"type.{wanted[at].event_type}.gold")
    for event in ours:
        add(counts, f"type.{event.event_type}.given")
    for at, _ in typed:
        add(counts, f"type.{wanted[at].event_type}.right")
    add(counts, "events.doubtful", sum(g.unsure for g in wanted))
    add(counts, "events.doubtful_matched", sum(wanted[at].unsure for at, _ in typed))
    both = [p for p in typed if _has_roles(wanted[p[0]]) and _has_roles(ours[p[1]])]
    right = sum(
        is_actor_right(wanted[at], ours[to])
        and is_recipient_right(wanted[at], ours[to])
        for at, to in both
    )
    without = len(typed) - len(both)
    add(counts, "uncompared.parties", without)
    count_overlap(
        counts,
        "dyad",
        right=right,
        given=len(ours) - without,
        gold=sum(_has_roles(wanted[at]) for at in due),
    )


def _has_roles(event: Act) -> bool:
    return event.actors is not None and event.recipients is not None


def _count_unreal(
    counts: Counts, wanted: Sequence[Act], ours: Sequence[Act], found: Sequence[Pair]
) -> None:
    meant = {to: wanted[at] for at, to in found}
    for to, event in enumerate(ours):
        if event.factuality != HAPPENED:
            continue
        gold = meant.get(to)
        if gold is not None and gold.factuality is None:
            continue
        real = gold is not None and gold.factuality == HAPPENED
        count_share(counts, "unreal", not real)


def _count_factuality(counts: Counts, gold: Act, given: Act) -> None:
    if gold.factuality is None or given.factuality is None:
        add(counts, "uncompared.factuality")
        return
    add(counts, f"{FACT}{gold.factuality}>{given.factuality}")


def _count_source(counts: Counts, gold: Act, given: Act) -> None:
    if gold.sources is None or given.sources is None:
        add(counts, "uncompared.by")
        return
    right = are_same_parties(gold.sources[-1:], given.sources[-1:])
    count_share(counts, "by", right)


def event_figures(counts: Mapping[str, float]) -> EventFigures:
    """Return the figures of summed counts."""
    confusion = confusion_of(counts)
    dyad = overlap_of(counts, "dyad")
    types = sorted({n.split(".")[1] for n in counts if n.startswith("type.")})
    n = int(sum(confusion.values()))
    agreed = sum(k for (gold, given), k in confusion.items() if gold == given)
    return EventFigures(
        found=overlap_of(counts, "found"),
        typed=overlap_of(counts, "typed"),
        dyad=dyad if dyad.gold else None,
        fact=Share(100 * agreed / n, n) if n else None,
        kappa=kappa_of(confusion),
        unreal=share_of(counts, "unreal"),
        by=share_of(counts, "by"),
        confusion={
            f"{gold}>{given}": int(number)
            for (gold, given), number in sorted(confusion.items())
            if gold != given
        },
        by_type={name: overlap_of(counts, f"type.{name}") for name in types},
    )


def confusion_of(counts: Mapping[str, float]) -> dict[tuple[str, str], float]:
    """Return how often each (gold, given) pair of factualities was counted."""
    found = {}
    for name, number in counts.items():
        if name.startswith(FACT):
            gold, given = name.removeprefix(FACT).split(">")
            found[gold, given] = number
    return found
