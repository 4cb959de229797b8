"""Align events with labelled mentions, and count pairs held for one happening.

Pairs of mentions are what is counted (pairwise precision and recall): a pair is right
when program and labels both call it one happening.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import TypeVar

import msgspec

from onrecord.model.span import Span

T = TypeVar("T")


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """Words that are labelled as telling of a happening; `happening` is its label."""

    report: str
    span: Span
    text: str
    happening: str
    event_type: str
    status: str


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """An event of the program, and the happening that the program puts it in."""

    event_id: str
    report: str
    trigger: Span
    sentence: Span
    event_type: str
    status: str
    happening: str


class Found(msgspec.Struct, frozen=True):
    """A labelled mention with the event that was aligned with it."""

    mention: Mention
    told: Told


class Pairs(msgspec.Struct, frozen=True, kw_only=True):
    """Pairs of mentions: `merged` by the program, of these `right`.

    `due` are those of one happening with both mentions found, `labelled` all of them.
    """

    merged: int
    right: int
    due: int
    labelled: int


def align(mentions: Iterable[Mention], events: Iterable[Told]) -> tuple[Found, ...]:
    """Pair mentions and events of overlapping trigger words, each at most once.

    The mention must stand in the event's sentence. Of several that overlap, one of the
    same type comes first, then the one that shares more; what is left goes by position.
    """
    by_report: dict[str, list[Told]] = {}
    for told in events:
        by_report.setdefault(told.report, []).append(told)
    candidates = [
        Found(mention, told)
        for mention in mentions
        for told in by_report.get(mention.report, ())
        if _shared(mention.span, told.trigger) and _stands_in(mention, told)
    ]
    taken: set[str] = set()
    pairs: list[Found] = []
    for found in sorted(candidates, key=_order):
        ids = {_id(found.mention), found.told.event_id}
        if not ids & taken:
            taken |= ids
            pairs.append(found)
    return tuple(sorted(pairs, key=lambda f: _id(f.mention)))


def count_pairs(
    found: Sequence[Found], mentions: Sequence[Mention], *, across: bool
) -> Pairs:
    """Count pairs of mentions; `across`: only those from two different reports."""
    pairs = list(_pairs(found, lambda f: f.mention, across=across))
    together = [pair for pair in pairs if is_merged(*pair)]
    return Pairs(
        merged=len(together),
        right=sum(is_one(a.mention, b.mention) for a, b in together),
        due=sum(is_one(a.mention, b.mention) for a, b in pairs),
        labelled=sum(
            is_one(a, b) for a, b in _pairs(mentions, lambda m: m, across=across)
        ),
    )


def wrong_merges(found: Sequence[Found]) -> tuple[tuple[Found, Found], ...]:
    """Return the pairs that the program merged and the labels keep apart."""
    return tuple(
        (a, b)
        for a, b in combinations(found, 2)
        if is_merged(a, b) and not is_one(a.mention, b.mention)
    )


def missed_merges(found: Sequence[Found]) -> tuple[tuple[Found, Found], ...]:
    """Return the pairs of one happening that were both found and kept apart."""
    return tuple(
        (a, b)
        for a, b in combinations(found, 2)
        if is_one(a.mention, b.mention) and not is_merged(a, b)
    )


def is_one(a: Mention, b: Mention) -> bool:
    """Tell whether the labels call two mentions one happening."""
    return a.happening == b.happening


def is_merged(a: Found, b: Found) -> bool:
    """Tell whether the program calls two mentions one happening."""
    return a.told.happening == b.told.happening


def _pairs(
    items: Sequence[T], mention_of: Callable[[T], Mention], *, across: bool
) -> Iterator[tuple[T, T]]:
    for a, b in combinations(items, 2):
        if not across or mention_of(a).report != mention_of(b).report:
            yield a, b


def _shared(a: Span, b: Span) -> int:
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def _stands_in(mention: Mention, told: Told) -> bool:
    return (
        told.sentence.start <= mention.span.start
        and mention.span.end <= told.sentence.end
    )


def _order(found: Found) -> tuple[bool, int, str, str]:
    mention, told = found.mention, found.told
    other = mention.event_type != told.event_type
    return other, -_shared(mention.span, told.trigger), _id(mention), told.event_id


def _id(mention: Mention) -> str:
    return f"{mention.report} {mention.span.start:05} {mention.span.end:05}"
