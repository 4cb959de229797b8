"""Reports at hand into stories: what `onrecord copies` and a run both do."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec

from onrecord.collapse.choose import Placed
from onrecord.collapse.compare import Comparison, compare
from onrecord.collapse.explain import explain
from onrecord.collapse.fingerprint import Fingerprint, fingerprints
from onrecord.collapse.knowledge import StoryWords
from onrecord.collapse.lexemes import Lexemes
from onrecord.collapse.prepare import prepare
from onrecord.collapse.stories import Pair, Stories
from onrecord.collapse.words import Body
from onrecord.model.document import Document
from onrecord.model.story import (
    Explanation,
    Link,
    Membership,
    Relation,
    Story,
)

REPORTS_AT_ONCE = 500
SIGNS_AT_ONCE = 2_000_000  # in the texts of reports made ready together


class Comparer:
    """Compares reports by id, many at a time."""

    def __init__(self, lexemes: Lexemes, body_of: Callable[[str], Body]) -> None:
        self._lexemes = lexemes
        self._body_of = body_of

    def compare_all(self, pairs: Iterable[Pair]) -> dict[Pair, Comparison]:
        """Return what each copy is to its original."""
        found: dict[Pair, Comparison] = {}
        for some, bodies in cut_pairs(pairs, self._body_of):
            made = compare_bodies(some, bodies, self._lexemes)
            found.update(zip(some, made, strict=True))
        return found

    def explain(self, original: str, copy: str) -> Explanation:
        """Return why, and where the words depart."""
        bodies = [self._body_of(doc_id) for doc_id in (original, copy)]
        prepared = prepare(bodies, self._lexemes, placed=True)
        return explain(prepared, self._lexemes.words)


def cut_pairs(
    pairs: Iterable[Pair], body_of: Callable[[str], Body]
) -> Iterator[tuple[list[Pair], dict[str, Body]]]:
    """Yield pairs in pieces, in order, with the texts of the reports in each."""
    some: list[Pair] = []
    bodies: dict[str, Body] = {}
    signs = 0
    for pair in pairs:
        some.append(pair)
        for doc_id in pair:
            if doc_id not in bodies:
                bodies[doc_id] = body_of(doc_id)
                signs += len(bodies[doc_id][0])
        if len(bodies) >= REPORTS_AT_ONCE or signs >= SIGNS_AT_ONCE:
            yield some, bodies
            some, bodies, signs = [], {}, 0
    if some:
        yield some, bodies


def compare_bodies(
    pairs: Sequence[Pair], bodies: Mapping[str, Body], lexemes: Lexemes
) -> list[Comparison]:
    """Return what each copy is to its original, given all their texts."""
    places = {doc_id: at for at, doc_id in enumerate(bodies)}
    prepared = prepare(list(bodies.values()), lexemes)
    near = [(places[original], places[copy]) for original, copy in pairs]
    return compare(prepared, near, lexemes.words)


class Collapsed(msgspec.Struct, frozen=True):
    """Stories, each report's place in one, and the links between stories."""

    stories: tuple[Story, ...]
    memberships: tuple[Membership, ...]
    links: tuple[Link, ...]


def collapse(
    documents: Sequence[Document], words: StoryWords
) -> tuple[Collapsed, Comparer]:
    """Return the stories of some reports, whose order does not matter.

    The comparer tells why two of them are one story.
    """
    lexemes = Lexemes(words)
    by_id = {d.doc_id: d for d in documents}
    prints = list(fingerprints(by_id.values(), lexemes))
    comparer = Comparer(lexemes, lambda i: (by_id[i].text, by_id[i].body_start))
    placed = Stories(comparer.compare_all).add(prints)
    return gather(prints, placed), comparer


def gather(prints: Iterable[Fingerprint], placed: Iterable[Placed]) -> Collapsed:
    """Return the places of all reports, given those that stand for their words.

    `prints` are all reports of the stories that `placed` names.
    """
    exact = {one.doc_id: one.exact_id for one in prints}
    by_words = {exact[place.doc_id]: place for place in placed}
    memberships = []
    counts: dict[str, int] = {}
    originals: dict[str, str] = {}
    for doc_id in sorted(exact):
        place = by_words[exact[doc_id]]
        story_id = exact[place.original]
        memberships.append(membership(doc_id, story_id, place))
        counts[story_id] = counts.get(story_id, 0) + 1
        originals[story_id] = place.original
    links = [
        Link(doc_id=place.doc_id, of=of, kind=kind, similarity=similarity)
        for place in by_words.values()
        for of, kind, similarity in place.links
    ]
    return Collapsed(
        stories=tuple(
            Story(story_id=s, original=originals[s], report_count=counts[s])
            for s in sorted(counts)
        ),
        memberships=tuple(memberships),
        links=tuple(sorted(links, key=lambda link: (link.doc_id, link.of))),
    )


def membership(doc_id: str, story_id: str, place: Placed) -> Membership:
    """Return the place of a report whose words `place` stands for."""
    if doc_id != place.doc_id:
        return Membership(
            doc_id=doc_id,
            story_id=story_id,
            relation=Relation.EXACT,
            of=place.doc_id,
            similarity=1.0,
        )
    original = place.relation is Relation.ORIGINAL
    return Membership(
        doc_id=doc_id,
        story_id=story_id,
        relation=place.relation,
        of=None if original else place.original,
        similarity=place.similarity,
    )
