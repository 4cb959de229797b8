"""Reports at hand into stories: what `onrecord copies` and a run both do."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial

import msgspec

from onrecord.collapse.choose import Placed
from onrecord.collapse.compare import Comparison, compare
from onrecord.collapse.explain import explain
from onrecord.collapse.fingerprint import Fingerprint, fingerprint
from onrecord.collapse.knowledge import StoryWords
from onrecord.collapse.lexemes import Lexemes
from onrecord.collapse.prepare import Prepared, prepare
from onrecord.collapse.stories import Stories
from onrecord.model.document import Document
from onrecord.model.story import (
    Explanation,
    Link,
    Membership,
    Relation,
    Story,
)

PREPARED_KEPT = 2_000  # reports; about 200 MB
PLACED_KEPT = 200  # reports with the positions of their words

Body = tuple[str, int]  # a text, and where its body starts


class Comparer:
    """Compares reports by id; keeps the last ones ready."""

    def __init__(self, lexemes: Lexemes, body_of: Callable[[str], Body]) -> None:
        self._lexemes = lexemes
        self._body_of = body_of
        self.prepared = lru_cache(PREPARED_KEPT)(self._prepare)
        self.placed = lru_cache(PLACED_KEPT)(partial(self._prepare, placed=True))

    def compare(self, original: str, copy: str) -> Comparison:
        """Return what the report `copy` is to the report `original`."""
        return compare(
            self.prepared(original), self.prepared(copy), self._lexemes.words
        )

    def explain(self, original: str, copy: str) -> Explanation:
        """Return why, and where the words depart."""
        return explain(self.placed(original), self.placed(copy), self._lexemes.words)

    def _prepare(self, doc_id: str, *, placed: bool = False) -> Prepared:
        text, start = self._body_of(doc_id)
        return prepare(text, self._lexemes, start=start, placed=placed)


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
    prints = [fingerprint(d, lexemes) for d in by_id.values()]
    comparer = Comparer(lexemes, lambda i: (by_id[i].text, by_id[i].body_start))
    placed = Stories(comparer.compare).add(prints)
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
