"""Which original a report copies, of those that share keys with it."""

from collections.abc import Callable, Sequence

import msgspec

from onrecord.collapse.compare import PART, Comparison
from onrecord.collapse.together import Prior, tell_together
from onrecord.model.story import LinkKind, Relation

STEP = 0.002  # of merit; of originals no further apart the older is copied
COMPARED = 5  # originals that a report is compared with at most
COMPARED_TOGETHER = 12  # and where several may tell it together
TOLD_TOO = 0.8  # by an original, of what a copy of it tells of a report

Compare = Callable[[str, str], Comparison]  # by doc_id: the original, the copy
Rank = Callable[[str], tuple[int, str]]


class Placed(msgspec.Struct, frozen=True, gc=False):
    """The place of a report that stands for all with the same words.

    `original` is the report it copies, itself for an original; `links` are other
    originals it depends on.
    """

    doc_id: str
    original: str
    relation: Relation
    similarity: float
    links: tuple[tuple[str, LinkKind, float], ...] = ()


class Near(msgspec.Struct, frozen=True, gc=False):
    """A story that may be a report's: its original, and the copies likest the report.

    `size` counts the reports of the story that share keys with the report.
    """

    original: str
    members: tuple[str, ...]
    size: int


def choose_place(
    doc_id: str, near: Sequence[Near], compare: Compare, rank: Rank
) -> Placed:
    """Return the place of a report, given the stories it may be of, likeliest first."""
    # Of originals as like, the one that others copied is likelier.
    prior: dict[str, Prior] = {
        story.original: (-story.size, rank(story.original)) for story in near
    }
    compared: dict[str, Comparison] = {}
    alike: dict[str, Comparison] = {}
    for story in near[:COMPARED]:
        original = story.original
        compared[original] = compare(original, doc_id)
        if len(near) > 1 or not compared[original].relation:
            _look_at_members(doc_id, story, compare, compared, alike)
        alike.setdefault(original, compared[original])
    copies = {o: c for o, c in alike.items() if c.relation}
    together = not copies and any(map(_is_part, compared.values()))
    if together:
        for story in near[COMPARED:COMPARED_TOGETHER]:
            original = story.original
            compared[original] = compare(original, doc_id)
            _look_at_members(doc_id, story, compare, compared, alike)
            alike.setdefault(original, compared[original])
    relation: Relation | None = None
    best = min(
        copies,
        key=lambda o: (*_unlikeness(copies[o]), prior[o]),
        default=None,
    )
    if best is not None:
        told = compared[best]
        relation, similarity = told.relation or Relation.REWRITTEN, told.similarity
    elif together:
        best, relation, similarity = tell_together(alike, prior)
    links = tuple(
        (o, _kind_of_link(c, partly=together and best is not None), c.similarity)
        for o, c in sorted(compared.items())
        if o != best and (c.relation or c.link)
    )
    if best is None or relation is None:
        return Placed(doc_id, doc_id, Relation.ORIGINAL, 1.0, links)
    return Placed(doc_id, best, relation, similarity, links)


def _look_at_members(
    doc_id: str,
    story: Near,
    compare: Compare,
    compared: dict[str, Comparison],
    alike: dict[str, Comparison],
) -> None:
    """Compare a report with the copies in a story that are likest it.

    A copy of one of them is a copy of the original: it may be an excerpt, or hold
    more than they do.
    """
    original = story.original
    first = compared[original]
    if first.conflict:
        return
    for member in story.members:
        other = compare(member, doc_id)
        if other.conflict:
            if not first.relation:
                compared[original] = alike[original] = other
                return
            continue
        by_way = other.relation and not first.relation
        if by_way and first.similarity < TOLD_TOO * other.similarity:
            continue  # the member was pasted together, and this is the other part
        best = alike.get(original, first)
        if (other.relation is not None, other.merit) > (
            best.relation is not None,
            best.merit,
        ):
            alike[original] = other


def _unlikeness(comparison: Comparison) -> tuple[int, int]:
    return -round(comparison.merit / STEP), comparison.doubts


def _is_part(comparison: Comparison) -> bool:
    """Tell whether an original tells enough of a report to be one of several."""
    told = sum(weight for _, weight, _ in comparison.told)
    return not comparison.conflict and told >= PART * comparison.weight


def _kind_of_link(comparison: Comparison, *, partly: bool) -> LinkKind:
    if comparison.link is None or (partly and not comparison.conflict):
        return LinkKind.PARTLY
    return comparison.link
