"""What the reader says about one sentence.

All positions are word indices in the sentence that was read: 0-based, except
`Reading.head`, which follows CoNLL-U (1-based, 0 = root). Scores lie in 0..1
and are rounded to `SCORE_DIGITS`.
"""

from collections.abc import Sequence
from typing import Protocol

import msgspec

SCORE_DIGITS = 4
MIN_TRIGGER = 0.05  # a word below this chance of calling up an event is left out
MIN_CUE = 0.05  # the same for the cue of a statement
MIN_LINK = 0.2  # a party below this chance is left out

EVENT_TYPES = (
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
)
FACTUALITIES = ("happened", "planned", "hypothetical", "negated", "denied")
ACTS = (
    "say",
    "claim",
    "deny",
    "warn",
    "demand",
    "promise",
    "propose",
    "reject",
    "accept",
    "accuse",
    "praise",
    "ask",
    "confirm",
    "announce",
    "report",
)
FORMS = ("direct", "indirect", "mixed")

Links = tuple[tuple[int, float], ...]  # (word index of a party's head, score)


class TriggerScore(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One word that may call up an event.

    `type_scores` starts with "no event", then `EVENT_TYPES`; `factuality_scores`
    follows `FACTUALITIES`. Each sums to 1. `by` is on whose word.
    """

    token: int
    type_scores: tuple[float, ...]
    factuality_scores: tuple[float, ...]
    actors: Links = ()
    recipients: Links = ()
    by: Links = ()


class CueScore(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One word that may be the cue of a statement ("said", "according").

    `score` is the chance that it is a cue at all; `act_scores` follows `ACTS`
    and sums to 1 given that it is; `form_scores` follows `FORMS`.
    """

    token: int
    score: float
    act_scores: tuple[float, ...]
    form_scores: tuple[float, ...]
    speakers: Links = ()


class Reading(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """All layers of one sentence, word by word."""

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    lemma: tuple[str, ...]
    head: tuple[int, ...]
    deprel: tuple[str, ...]
    name_tag: tuple[str, ...]
    triggers: tuple[TriggerScore, ...] = ()
    cues: tuple[CueScore, ...] = ()


class Reader(Protocol):
    """Anything that can read sentences: the shipped model or a bigger parser."""

    def read(self, sentences: Sequence[Sequence[str]]) -> list[Reading]:
        """Return one reading for each sentence of words, in order."""
        ...
