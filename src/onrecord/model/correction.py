"""What people decide about events, bound to words and meaning and not to rows.

A correction outlives the row it was made on: another run, model or report of the same
story may tell of the same event in a row of its own.
"""

import re
import unicodedata
from enum import StrEnum
from typing import Literal

import msgspec

from onrecord.model.ids import content_id

QUOTES = str.maketrans("“”„‟«»‘’‚‛‹›–—―‑‐−", '"' * 6 + "'" * 6 + "-" * 6)
BLANKS = re.compile(r"\s+")


class Verdict(StrEnum):
    """What a reviewer says of an event, or of one cell of it."""

    ACCEPT = "accept"
    REJECT = "reject"
    FIX = "fix"


class ReviewCell(StrEnum):
    """The cells of an event that a reviewer can fix."""

    TYPE = "type"
    MODE = "mode"
    CONTEXTS = "contexts"
    FACTUALITY = "factuality"
    ACTORS = "actors"
    RECIPIENTS = "recipients"
    BY = "by"
    WHEN = "when"
    WHERE = "where"
    QUANTITIES = "quantities"
    CONDITION = "condition"


class State(StrEnum):
    """What became of a correction on today's events.

    `agreed`: the coder now says the same. `unmatched`: no event has its words, or
    several have. `overruled`: a later correction decides.
    """

    IN_FORCE = "in_force"
    AGREED = "agreed"
    UNMATCHED = "unmatched"
    OVERRULED = "overruled"


class Words(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of a report: which occurrence of them, 0-based, and counted within what."""

    text: str
    occurrence: int = 0
    within: Literal["sentence", "report"] = "sentence"


class Anchor(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The event a correction is about, as it was shown.

    `sentence_occurrence` counts equal sentences of the report, `occurrence` equal
    trigger words of the sentence, both from 0. Parties are the words that named them.
    `event_id` and `run_id` tell what was on the screen; nothing is matched by them.
    """

    doc_id: str
    event_id: str
    sentence: str
    trigger: str
    event_type: str
    sentence_occurrence: int = 0
    occurrence: int = 0
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    run_id: str | None = None


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """One decision of one person.

    A fix has a `cell`; accept and reject are about the whole event. `was` and `value`
    are JSON in the shapes of `model.judgement`: of a fix what the cell said and what
    it should say, of an accept (`was`) all cells as they were shown. `made` is UTC,
    ISO 8601.
    """

    correction_id: str
    verdict: Verdict
    anchor: Anchor
    cell: ReviewCell | None = None
    was: str | None = None
    value: str | None = None
    author: str
    made: str
    note: str | None = None


class Reviewed(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a correction: on which event of today, in which state, and why."""

    correction_id: str
    verdict: Verdict
    cell: ReviewCell | None
    state: State
    event_id: str | None = None
    doc_id: str | None = None
    why: str | None = None


def make_correction_id(
    anchor: Anchor,
    verdict: Verdict,
    cell: ReviewCell | None,
    value: str | None,
    *,
    author: str,
    made: str | None,
) -> str:
    """Return a correction's id; the same decision made at the same time is one.

    `made` is None where nobody noted the time: then it is one however often it comes.
    """
    return content_id(
        "cor",
        anchor.doc_id,
        normal(anchor.sentence),
        anchor.sentence_occurrence,
        normal(anchor.trigger),
        anchor.occurrence,
        anchor.event_type,
        "\x1e".join(anchor.actors),
        "\x1e".join(anchor.recipients),
        verdict,
        cell,
        value,
        author,
        made,
    )


def normal(text: str) -> str:
    """Return words as they are compared: white space, quotes, dashes, case aside."""
    folded = unicodedata.normalize("NFKC", text).translate(QUOTES).casefold()
    return BLANKS.sub(" ", folded).strip()
