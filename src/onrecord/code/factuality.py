"""Say whether an act happened, and which words say so.

The words are those of `data/cues/factuality.toml`; the reader's scores decide where no
word does, and words break its ties.
"""

import math

from onrecord.code.status_words import (
    MAX_CLIMB,
    StatusWord,
    find_status_words,
    opens_condition,
)
from onrecord.lexicon.cues import Cues
from onrecord.model.annotation import Sentence
from onrecord.model.event import EventType, Factuality
from onrecord.model.evidence import Cited
from onrecord.model.span import Span
from onrecord.model.tree import (
    ancestors,
    dependents,
    has_relation,
    longest_run,
    subtree,
)

__all__ = ["decide_factuality", "find_condition", "find_status_words"]

# What a word adds to the logarithm of the reader's score; set on gold/dev.
STRENGTH = {"sure": 3.0, "likely": 1.5}
LEAST_SCORE = 0.05  # the reader is surer than it is right; more is not believed
FACTUALITIES = tuple(Factuality)


def decide_factuality(
    words: tuple[StatusWord, ...],
    scores: tuple[float, ...],
    *,
    trigger: Span,
    on_word: bool,
    complement: Factuality | None,
    complement_span: Span | None,
    event_type: EventType | None = None,
) -> Cited[Factuality]:
    """Weigh the reader's scores and the words.

    `scores` may be empty (a reader without event heads). `complement` is what a frame
    that governs the act gives it ("demanded that ..."). A negation that is part of the
    trigger, or makes the type (`event_type`) what it is, is none of the act. What
    somebody in the report says did not happen (`on_word`) is denied, what the report
    itself says is negated.
    """
    weights = {
        f: math.log(max(scores[i], LEAST_SCORE)) if scores else 0.0
        for i, f in enumerate(FACTUALITIES)
    }
    if not scores:
        weights[Factuality.HAPPENED] += STRENGTH["likely"] / 2
    said_by: dict[Factuality, tuple[Span, str]] = {}
    for word in words:
        if _is_part(word, trigger, event_type):
            continue
        status = word.status
        weights[status] += STRENGTH[word.cue.strength]
        said_by.setdefault(status, (word.span, f"cues/{word.cue.id}"))
    if complement is not None and complement_span is not None:
        weights[complement] += STRENGTH["likely"]
        said_by.setdefault(complement, (complement_span, "frames/complement"))
    best = max(FACTUALITIES, key=lambda f: (weights[f], -FACTUALITIES.index(f)))
    if best in (Factuality.NEGATED, Factuality.DENIED):
        other = Factuality.DENIED if best is Factuality.NEGATED else Factuality.NEGATED
        evidence = said_by.get(best) or said_by.get(other)
        best = Factuality.DENIED if on_word else Factuality.NEGATED
    else:
        evidence = said_by.get(best)
    if evidence is not None:
        return Cited(best, (evidence[0],), evidence[1])
    rule = f"reader/factuality@{max(scores):.2f}" if scores else "default/asserted"
    return Cited(best, (trigger,), rule)


def _is_part(word: StatusWord, trigger: Span, event_type: EventType | None) -> bool:
    """Tell whether a negation helps to call the act up: "would not accept" rejects."""
    if word.status not in (Factuality.NEGATED, Factuality.DENIED):
        return False
    return trigger.covers(word.span) or event_type in word.cue.part_of


def find_condition(sentence: Sentence, token: int, cues: Cues) -> Span | None:
    """Return the words of the condition on the act, its marker included.

    The condition may hang on the act, on its object ("warned of sanctions if ..."), or
    on a clause above; an act inside a condition has none itself.
    """
    above = ancestors(sentence, token)[:MAX_CLIMB]
    for here in (token, *above):
        if has_relation(sentence.tokens[here], "advcl") and opens_condition(
            sentence, here, cues
        ):
            return None
    objects = dependents(sentence, token, "obj", "obl", "xcomp", "ccomp", "nmod")
    for here in (token, *objects, *above):
        for child in dependents(sentence, here, "advcl", "acl"):
            clause = subtree(sentence, child)
            if token not in clause and opens_condition(sentence, child, cues):
                return longest_run(sentence, clause)
    return None
