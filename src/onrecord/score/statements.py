"""Count what statements of one report are right.

said      F1 of statements: cue and speaker overlap
act       the speech act right, among those said;  form: direct, indirect, mixed
content   mean overlap of the words said, F1 of characters, among those said
"""

from collections.abc import Mapping, Sequence

import msgspec

from onrecord.model.span import Span
from onrecord.score.counting import (
    Counts,
    Overlap,
    Share,
    add,
    count_overlap,
    count_share,
    overlap_of,
    share_of,
)
from onrecord.score.matching import match, overlap
from onrecord.score.shapes import Report, Said


class StatementFigures(msgspec.Struct, frozen=True):
    """How well statements agree."""

    said: Overlap
    act: Share | None
    form: Share | None
    content: Share | None


def count_statements(gold: Report, given: Report) -> Counts:
    """Return the counts of one report."""
    wanted, ours = gold.statements or (), given.statements or ()
    counts: Counts = {}
    if gold.judged is not None:
        near = tuple(s for s in ours if any(s.cue.overlaps(j) for j in gold.judged))
        add(counts, "statements.outside", len(ours) - len(near))
        ours = near
    pairs = match(wanted, ours, _is_match, lambda g, p: 1.0)
    taken = {at for at, _ in pairs}
    due = sum(not g.unsure or at in taken for at, g in enumerate(wanted))
    count_overlap(counts, "said", right=len(pairs), given=len(ours), gold=due)
    add(counts, "statements.doubtful", sum(g.unsure for g in wanted))
    add(counts, "statements.doubtful_matched", sum(wanted[at].unsure for at in taken))
    for at, to in pairs:
        _count_cells(counts, wanted[at], ours[to])
    return counts


def statement_figures(counts: Mapping[str, float]) -> StatementFigures:
    """Return the figures of summed counts."""
    return StatementFigures(
        said=overlap_of(counts, "said"),
        act=share_of(counts, "act"),
        form=share_of(counts, "form"),
        content=share_of(counts, "content"),
    )


def _is_match(gold: Said, given: Said) -> bool:
    return overlap(gold.cue, given.cue) and overlap(gold.speaker, given.speaker)


def _count_cells(counts: Counts, gold: Said, given: Said) -> None:
    for name in ("act", "form"):
        wanted, ours = getattr(gold, name), getattr(given, name)
        if wanted is None or ours is None:
            add(counts, f"uncompared.{name}")
            continue
        count_share(counts, name, wanted == ours)
    if gold.content is None or given.content is None:
        add(counts, "uncompared.content")
        return
    count_share(counts, "content", _shared(gold.content, given.content))


def _shared(one: Sequence[Span], other: Sequence[Span]) -> float:
    """Return the F1 of the characters that two lists of spans cover."""
    left = {at for span in one for at in range(span.start, span.end)}
    right = {at for span in other for at in range(span.start, span.end)}
    size = len(left) + len(right)
    return 2 * len(left & right) / size if size else 1.0
