"""What the reader says about one sentence.

All positions are word indices in the sentence that was read: 0-based, except
`Reading.head`, which follows CoNLL-U (1-based, 0 = root). Scores lie in 0..1
and are rounded to `SCORE_DIGITS`.
"""

from collections.abc import Sequence
from typing import Protocol

import msgspec

from onrecord.model.annotation import Act, CueScore, Form, TriggerScore
from onrecord.model.event import EventType, Factuality

SCORE_DIGITS = 4
MIN_TRIGGER = 0.05  # a word below this chance of calling up an event is left out
MIN_CUE = 0.05  # the same for the cue of a statement
MIN_LINK = 0.2  # a party below this chance is left out

# The order of the scores.
EVENT_TYPES = tuple(map(str, EventType))
FACTUALITIES = tuple(map(str, Factuality))
ACTS = tuple(map(str, Act))
FORMS = tuple(map(str, Form))


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
