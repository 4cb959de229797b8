"""When, where and how many: the words of an event's own clause."""

import datetime as dt
from collections.abc import Sequence

from onrecord.code.event_quantities import (
    find_event_quantities as find_event_quantities,
)
from onrecord.model.annotation import (
    Place,
    PlaceRole,
    Sentence,
    Timex,
    TimexType,
)
from onrecord.model.event import Factuality, When, WhenBasis
from onrecord.model.span import Span
from onrecord.model.tree import (
    ancestors,
    governor,
    has_relation,
    subtree,
    tokens_in,
)

# Words between trigger and time or place in the tree; farther ones belong to others.
MAX_PATH = 4
CLAUSES = ("ccomp", "advcl", "acl:relcl", "parataxis", "conj", "csubj")
HISTORICAL_DAYS = 365  # an act that ended more than a year before the report


def find_when(
    sentence: Sentence,
    token: int,
    times: Sequence[Timex],
    *,
    published: dt.date | None,
    factuality: Factuality,
) -> When | None:
    """Return the time nearest the trigger in the tree, else the publication date.

    Only what the report says happened falls back on its date, and says so.
    """
    best: tuple[int, int, Timex] | None = None
    for timex in times:
        if timex.type is TimexType.DURATION or timex.start is None:
            continue
        path = find_path(sentence, token, timex.span)
        if path is not None and (best is None or (path, timex.span.start) < best[:2]):
            best = (path, timex.span.start, timex)
    if best is not None:
        timex = best[2]
        if timex.start is not None and timex.end is not None:
            return When(
                start=timex.start,
                end=timex.end,
                basis=WhenBasis.TEXT,
                granularity=timex.granularity,
                spans=(timex.span,),
            )
    if published is None or factuality is not Factuality.HAPPENED:
        return None
    return When(
        start=published, end=published, basis=WhenBasis.PUBLICATION, granularity="day"
    )


def is_historical(when: When | None, published: dt.date | None) -> bool:
    """Tell whether an act ended more than a year before the report."""
    if when is None or published is None:
        return False
    return (published - when.end).days > HISTORICAL_DAYS


def find_where(
    sentence: Sentence, token: int, places: Sequence[Place]
) -> tuple[Place, ...]:
    """Return the places of an act: all in its own clause, else the nearest above.

    Names that stand for a government are no places.
    """
    there = [p for p in places if p.role is PlaceRole.PLACE]
    if not there:
        return ()
    own = set(subtree(sentence, token, without=_nested_clauses(sentence, token)))
    inside = tuple(p for p in there if own.issuperset(tokens_in(sentence, p.span)))
    if inside:
        return inside
    ranked = [
        (path, place)
        for place in there
        if (path := find_path(sentence, token, place.span)) is not None
    ]
    nearest = min((path for path, _ in ranked), default=0)
    return tuple(place for path, place in ranked if path == nearest)


def _nested_clauses(sentence: Sentence, token: int) -> frozenset[int]:
    """Return the heads of the clauses below a word, each an act of its own.

    A participle behind a comma ("..., raising fears that") is one; a participle that
    follows its noun at once ("drills involving ships") is not.
    """
    return frozenset(
        i
        for i in subtree(sentence, token)
        if i != token
        and sentence.tokens[i].upos in ("VERB", "AUX")
        and (
            has_relation(sentence.tokens[i], *CLAUSES)
            or (
                sentence.tokens[i].deprel == "acl"
                and sentence.tokens[i - 1].upos == "PUNCT"
            )
        )
    )


def find_path(sentence: Sentence, token: int, span: Span) -> int | None:
    """Return the steps in the tree from the trigger to the head of `span`.

    Down from the trigger, or up to its clause and down from there; None when the way
    leads out of the clause the trigger stands in.
    """
    words = tokens_in(sentence, span)
    if not words:
        return None
    inside = set(words)
    head = next((w for w in words if governor(sentence, w) not in inside), words[0])
    up = [head, *ancestors(sentence, head)]
    if token in inside or head == token:
        return 0
    if token in up:
        return up.index(token) if up.index(token) <= MAX_PATH else None
    for steps, above in enumerate(ancestors(sentence, token)[:MAX_PATH], 1):
        if above in up:
            total = steps + up.index(above)
            return total + 1 if total <= MAX_PATH else None
    return None
