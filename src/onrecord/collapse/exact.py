"""Reports with the same words are one story; the earliest is its original."""

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence

import msgspec

from onrecord.model.document import Document
from onrecord.model.ids import content_id
from onrecord.model.story import Membership, Relation, Story

# Outlets differ in quotation marks, dashes and line breaks; signs that carry a
# meaning of their own ("+5%", "$100") stay.
BETWEEN_WORDS = re.compile(r"(?:[^\w$€£¥%+=<>°]|_)+")


class Member(msgspec.Struct, frozen=True, gc=False):
    """What decides a report's place in its story."""

    doc_id: str
    date: dt.date | None


def story_id_of(document: Document) -> str:
    """Return the id of a report's story: a hash of the words of its body.

    Neither outlet nor date nor title is part of it.
    """
    return content_id("sto", story_key(document.text[document.body_start :]))


def story_key(body: str) -> str:
    """Return the words of `body` as exact copies share them.

    A body without a single word is its own key.
    """
    folded = _fold(body)
    words = BETWEEN_WORDS.sub(" ", folded).strip()
    return words or body.strip()


def _fold(text: str) -> str:
    # Folding case can leave letters and accents that compose.
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def gather(
    story_id: str, members: Sequence[Member]
) -> tuple[Story, tuple[Membership, ...]]:
    """Return the story of `members` (at least one) and each one's place in it.

    The original is the earliest; reports without a date come last, then the lowest
    id decides. The order of `members` does not matter.
    """
    first, *copies = sorted(members, key=_age)
    original = Membership(
        doc_id=first.doc_id,
        story_id=story_id,
        relation=Relation.ORIGINAL,
        of=None,
        similarity=1.0,
    )
    exact = (
        Membership(
            doc_id=copy.doc_id,
            story_id=story_id,
            relation=Relation.EXACT,
            of=first.doc_id,
            similarity=1.0,
        )
        for copy in copies
    )
    story = Story(
        story_id=story_id, original=first.doc_id, report_count=len(copies) + 1
    )
    return story, (original, *exact)


def _age(member: Member) -> tuple[bool, dt.date, str]:
    return (member.date is None, member.date or dt.date.min, member.doc_id)
