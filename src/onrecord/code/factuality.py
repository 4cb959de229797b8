"""Say whether an act happened, and which words say so.

The words are those of `data/cues/factuality.toml`; the reader's scores decide where no
word does, and words break its ties.
"""

import math
from collections.abc import Iterable, Mapping

import msgspec

from onrecord.lexicon.cues import Cues, StatusCue
from onrecord.model.annotation import Sentence
from onrecord.model.event import Factuality
from onrecord.model.evidence import Cited
from onrecord.model.span import Span
from onrecord.model.tree import (
    ancestors,
    dependents,
    has_relation,
    longest_run,
    subtree,
)

# What a word adds to the logarithm of the reader's score; set on gold/dev.
STRENGTH = {"sure": 1.5, "likely": 0.5}
LEAST_SCORE = 0.01  # the reader is never more than 99 in 100 sure
FACTUALITIES = tuple(Factuality)
COMPLEMENTS = ("ccomp", "xcomp", "obj", "advcl", "acl", "obl", "nmod", "csubj", "conj")
# How far up a clause the words that govern an act may stand.
MAX_CLIMB = 4


class StatusWord(msgspec.Struct, frozen=True):
    """A word that bears on an act's factuality."""

    cue: StatusCue
    span: Span


def find_status_words(
    sentence: Sentence, token: int, cues: Cues
) -> tuple[StatusWord, ...]:
    """Return the words that bear on the act that `token` calls up, nearest first."""
    return tuple(_status_words(sentence, token, cues))


def _status_words(sentence: Sentence, token: int, cues: Cues) -> Iterable[StatusWord]:
    yield from _own_words(sentence, token, cues)
    here = token
    for above in ancestors(sentence, token)[:MAX_CLIMB]:
        if not has_relation(sentence.tokens[here], *COMPLEMENTS):
            return
        if not _is_subject_side(sentence, here):
            word = sentence.tokens[above]
            entry = cues.governors.get(word.lemma.lower())
            if entry is not None:
                yield StatusWord(entry, word.span)
                return
            if has_relation(sentence.tokens[here], "conj", "obj", "obl", "xcomp"):
                yield from _own_words(sentence, above, cues)
        here = above


def _is_subject_side(sentence: Sentence, token: int) -> bool:
    return has_relation(sentence.tokens[token], "nsubj", "csubj")


def _own_words(sentence: Sentence, token: int, cues: Cues) -> Iterable[StatusWord]:
    """Yield negators, modals, adverbs and markers that depend on the word itself."""
    for child in dependents(sentence, token, "advmod", "det", "aux", "cc", "mark"):
        word = sentence.tokens[child]
        form, lemma = word.text.lower(), word.lemma.lower()
        for table in (cues.negators, cues.markers, cues.modals, cues.adverbs):
            entry = table.get(form) or table.get(lemma)
            if entry is not None and _fits(word.deprel, table, cues):
                yield StatusWord(entry, word.span)
                break


def _fits(relation: str, table: Mapping[str, StatusCue], cues: Cues) -> bool:
    base = relation.partition(":")[0]
    if table is cues.modals:
        return base == "aux"
    if table is cues.markers:
        return base in ("mark", "advmod")
    if table is cues.negators:
        return base in ("advmod", "det", "cc")
    return base == "advmod"


def decide_factuality(
    words: tuple[StatusWord, ...],
    scores: tuple[float, ...],
    *,
    trigger: Span,
    on_word: bool,
    complement: Factuality | None,
    complement_span: Span | None,
) -> Cited[Factuality]:
    """Weigh the reader's scores and the words.

    `scores` may be empty (a reader without event heads). `complement` is what a frame
    that governs the act gives it ("demanded that ..."). What somebody in the report
    says did not happen (`on_word`) is denied, what the report itself says is negated.
    """
    weights = {
        f: math.log(max(scores[i], LEAST_SCORE)) if scores else 0.0
        for i, f in enumerate(FACTUALITIES)
    }
    if not scores:
        weights[Factuality.HAPPENED] += STRENGTH["likely"] / 2
    said_by: dict[Factuality, tuple[Span, str]] = {}
    for word in words:
        status = word.cue.status
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


def find_condition(sentence: Sentence, token: int, cues: Cues) -> Span | None:
    """Return the words of the condition on the act, its marker included.

    The condition may hang on the act, on its object ("warned of sanctions if ..."), or
    on a clause above; an act inside a condition has none itself.
    """
    above = ancestors(sentence, token)[:MAX_CLIMB]
    for here in (token, *above):
        if has_relation(sentence.tokens[here], "advcl") and _opens_condition(
            sentence, here, cues
        ):
            return None
    objects = dependents(sentence, token, "obj", "obl", "xcomp", "ccomp", "nmod")
    for here in (token, *objects, *above):
        for child in dependents(sentence, here, "advcl", "acl"):
            clause = subtree(sentence, child)
            if token not in clause and _opens_condition(sentence, child, cues):
                return longest_run(sentence, clause)
    return None


def _opens_condition(sentence: Sentence, clause: int, cues: Cues) -> bool:
    for child in dependents(sentence, clause, "mark", "advmod", "aux", "case"):
        word = sentence.tokens[child]
        if word.text.lower() in cues.condition_markers:
            first = min(subtree(sentence, clause))
            return has_relation(word, "mark", "advmod") or child == first
    return False
