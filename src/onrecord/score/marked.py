"""Count what layers of words are right: times, places, quantities, sentences.

strict    F1 of spans with the same ends;  relaxed: of spans that overlap
value     F1 of overlapping spans whose value is right too (times, quantities)
near      of gold places with a point, the share put within 161 km; a country has no
          point and is right when it is named;  near_found: of those found
"""

import math
from collections.abc import Mapping, Sequence

import msgspec

from onrecord.score.counting import (
    Counts,
    Overlap,
    Share,
    count_overlap,
    count_share,
    overlap_of,
    share_of,
)
from onrecord.score.shapes import Marked, Point, Report

MARKED = ("times", "places", "quantities", "sentences")
VALUED = frozenset(("times", "quantities"))
NEAR_KM = 161  # a hundred miles, as geoparsers are compared
EARTH_KM = 12_742  # diameter


class MarkedFigures(msgspec.Struct, frozen=True, kw_only=True):
    """How well a layer agrees; None for what the layer does not have."""

    strict: Overlap
    relaxed: Overlap
    value: Overlap | None = None
    near: Share | None = None
    near_found: Share | None = None


def count_marked(gold: Report, given: Report, layer: str) -> Counts:
    """Return the counts of one layer of one report."""
    wanted, ours = gold.marked.get(layer, ()), given.marked.get(layer, ())
    same = {m.span for m in wanted} & {m.span for m in ours}
    pairs = _pair(wanted, ours)
    alike = sum(g.value == p.value for g, p in pairs)
    counts: Counts = {}
    for name, right in (("strict", len(same)), ("relaxed", len(pairs))):
        count_overlap(
            counts, f"{layer}.{name}", right=right, given=len(ours), gold=len(wanted)
        )
    if layer in VALUED:
        count_overlap(
            counts, f"{layer}.value", right=alike, given=len(ours), gold=len(wanted)
        )
    if layer == "places":
        _count_near(counts, wanted, pairs)
    return counts


def marked_figures(counts: Mapping[str, float], layer: str) -> MarkedFigures:
    """Return the figures of summed counts."""
    valued = layer in VALUED
    return MarkedFigures(
        strict=overlap_of(counts, f"{layer}.strict"),
        relaxed=overlap_of(counts, f"{layer}.relaxed"),
        value=overlap_of(counts, f"{layer}.value") if valued else None,
        near=share_of(counts, f"{layer}.near"),
        near_found=share_of(counts, f"{layer}.near_found"),
    )


def _pair(
    wanted: Sequence[Marked], ours: Sequence[Marked]
) -> tuple[tuple[Marked, Marked], ...]:
    """Pair gold ones, in order, with the free one that shares most with them."""
    free = dict(enumerate(ours))
    pairs = []
    for gold in wanted:
        shared = [
            (-_common(gold, given), at)
            for at, given in free.items()
            if gold.span.overlaps(given.span)
        ]
        if shared:
            pairs.append((gold, free.pop(min(shared)[1])))
    return tuple(pairs)


def _common(one: Marked, other: Marked) -> int:
    start = max(one.span.start, other.span.start)
    return min(one.span.end, other.span.end) - start


def _count_near(
    counts: Counts,
    wanted: Sequence[Marked],
    pairs: Sequence[tuple[Marked, Marked]],
) -> None:
    found = [(g, p) for g, p in pairs if g.point is not None]
    right = sum(_is_near(g, p) for g, p in found)
    due = sum(g.point is not None for g in wanted)
    count_share(counts, "places.near", right, of=due)
    count_share(counts, "places.near_found", right, of=len(found))


def _is_near(gold: Marked, given: Marked) -> bool:
    if given.is_country:
        return any(name in gold.names for name in given.names[:1])
    if gold.point is None or given.point is None:
        return False
    return distance(gold.point, given.point) <= NEAR_KM


def distance(one: Point, other: Point) -> float:
    """Return the kilometres between two points along a great circle (haversine)."""
    north, south = math.radians(one.lat), math.radians(other.lat)
    east = math.radians(other.lon - one.lon)
    half = math.sin((south - north) / 2) ** 2
    half += math.cos(north) * math.cos(south) * math.sin(east / 2) ** 2
    return EARTH_KM * math.asin(math.sqrt(min(1.0, half)))
