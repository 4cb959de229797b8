"""Find the words that bear on whether an act happened.

They stand on the act itself (negators, modals, adverbs, markers, adjectives) or above
it: a governor whose complement, object or noun phrase the act is. How an act hangs on
its governor matters as much as the governor: what somebody plans "to do" is planned,
what he does "after" planning is not.
"""

from collections.abc import Iterable, Mapping

import msgspec

from onrecord.lexicon.cues import Cues, StatusCue
from onrecord.model.annotation import Sentence
from onrecord.model.event import Factuality
from onrecord.model.span import Span
from onrecord.model.tree import ancestors, dependents, governor, has_relation

# How far up a clause the words that govern an act may stand.
MAX_CLIMB = 5
FINITE = frozenset({"VBD", "VBZ"})
INFINITIVE = "VB"


class StatusWord(msgspec.Struct, frozen=True):
    """A word that bears on an act's factuality, and what it makes of the act."""

    cue: StatusCue
    status: Factuality
    span: Span


def find_status_words(
    sentence: Sentence, token: int, cues: Cues
) -> tuple[StatusWord, ...]:
    """Return the words that bear on the act that `token` calls up, nearest first.

    What began or was forced happened, unless it "may begin" or somebody "wants" it to.
    """
    found = tuple(_status_words(sentence, token, cues))
    others = tuple(w for w in found if w.status is not Factuality.HAPPENED)
    return others or found


def _status_words(sentence: Sentence, token: int, cues: Cues) -> Iterable[StatusWord]:
    yield from _own_words(sentence, token, cues)
    here = token
    governed = False
    for above in ancestors(sentence, token)[:MAX_CLIMB]:
        if has_relation(sentence.tokens[here], "conj"):
            if not dependents(sentence, here, "aux", "nsubj"):
                if not _agree(sentence, here, above):
                    return
                yield from _shared_words(sentence, above, cues)
            here = above
            continue
        governing = _governing_word(sentence, here, above, cues)
        if governing is not None:
            # Above what is planned or feared only a denial still counts.
            if not governed or governing.status is Factuality.DENIED:
                yield governing
            if governing.status is Factuality.HAPPENED:
                # What is condemned or ended is there, whoever is asked to end it.
                if has_relation(sentence.tokens[here], "obj", "nsubj:pass", "nmod"):
                    return
                yield from _own_words(sentence, above, cues)
            else:
                governed = True
            here = above
            continue
        if governed or not _is_transparent(sentence, here, above, cues):
            return
        yield from _own_words(sentence, above, cues)
        here = above


def _agree(sentence: Sentence, here: int, above: int) -> bool:
    """Tell whether two conjuncts can stand under the same words.

    In "urged them to leave and warned", "warned" cannot: it is finite, "leave" is not.
    """
    finite, infinitive = sentence.tokens[here].xpos, sentence.tokens[above].xpos
    return not (finite in FINITE and infinitive == INFINITIVE)


def _is_transparent(sentence: Sentence, here: int, above: int, cues: Cues) -> bool:
    """Tell whether what bears on the word above bears on the word below.

    So it is with "was forced to leave" and, where the verb is light, "held talks".
    """
    word = sentence.tokens[here]
    if has_relation(word, "xcomp"):
        return True
    through = ("obj", "nsubj:pass", "nmod", "obl")
    light = sentence.tokens[above].lemma.lower() in cues.light
    return light and has_relation(word, *through)


def _governing_word(
    sentence: Sentence, here: int, above: int, cues: Cues
) -> StatusWord | None:
    word = sentence.tokens[above]
    hangs = _link(sentence, here)
    for name, span in _names(sentence, above):
        for cue in cues.governors.get(name, ()):
            if not hangs.isdisjoint(cue.through):
                status = cue.status
                if cue.negated is not None and _is_negated(sentence, above, cues):
                    status = cue.negated
                return StatusWord(cue, status, span or word.span)
    return None


def _names(sentence: Sentence, token: int) -> Iterable[tuple[str, Span | None]]:
    """Yield the word with each particle or adverb that follows it, then alone."""
    word = sentence.tokens[token]
    lemma = word.lemma.lower()
    for child in dependents(sentence, token, "compound:prt", "advmod", "xcomp", "obj"):
        if child == token + 1:
            other = sentence.tokens[child]
            yield f"{lemma} {other.text.lower()}", Span(word.start, other.end)
    yield lemma, None


def _link(sentence: Sentence, here: int) -> frozenset[str]:
    """Return the names of how a word hangs on the one above.

    The relation, and the relation with its prepositions or markers.
    """
    word = sentence.tokens[here]
    relation = LINKS.get(word.deprel, word.deprel.partition(":")[0])
    markers = [
        sentence.tokens[c].text.lower()
        for c in dependents(sentence, here, "case", "mark")
    ]
    return frozenset({relation, *(f"{relation}:{m}" for m in markers)})


LINKS = {"nsubj:pass": "pass", "nsubj": "subj", "acl:relcl": "relative"}


def _is_negated(sentence: Sentence, token: int, cues: Cues) -> bool:
    """Tell whether a negator stands on a word or on the verb above it."""
    places = [token]
    above = governor(sentence, token)
    if above is not None and has_relation(
        sentence.tokens[token], "obj", "xcomp", "nsubj"
    ):
        places.append(above)
    return any(
        sentence.tokens[child].text.lower() in cues.negators
        for place in places
        for child in dependents(sentence, place, "advmod", "det", "cc")
    )


def _shared_words(sentence: Sentence, token: int, cues: Cues) -> Iterable[StatusWord]:
    """Yield what conjuncts share: modals and markers, not "not" ("did not X but Y")."""
    for word in _own_words(sentence, token, cues):
        if word.status not in (Factuality.NEGATED, Factuality.DENIED):
            yield word


def _own_words(sentence: Sentence, token: int, cues: Cues) -> Iterable[StatusWord]:
    """Yield the words of status that depend on the word itself."""
    relations = ("advmod", "det", "aux", "cc", "mark", "case", "amod", "compound")
    for child in dependents(sentence, token, *relations):
        word = sentence.tokens[child]
        base = word.deprel.partition(":")[0]
        entry = _lookup(word.text, word.lemma, _tables(sentence, token, base, cues))
        if entry is not None:
            yield StatusWord(entry, entry.status, word.span)


def _lookup(
    text: str, lemma: str, tables: Iterable[Mapping[str, StatusCue]]
) -> StatusCue | None:
    for table in tables:
        entry = table.get(text.lower()) or table.get(lemma.lower())
        if entry is not None:
            return entry
    return None


def _tables(
    sentence: Sentence, token: int, relation: str, cues: Cues
) -> tuple[Mapping[str, StatusCue], ...]:
    """Return the tables of words that may stand in a relation."""
    if relation == "aux":
        if has_condition(sentence, token, cues):
            return (cues.conditioned, cues.modals)
        return (cues.modals,)
    if relation in ("mark", "case"):
        return (cues.markers,)
    if relation in ("amod", "compound"):
        return (cues.adjectives,)
    if relation == "advmod":
        return (cues.negators, cues.markers, cues.adverbs)
    return (cues.negators,)


def has_condition(sentence: Sentence, clause: int, cues: Cues) -> bool:
    """Tell whether a conditional clause depends on the head of a clause."""
    return any(
        opens_condition(sentence, child, cues)
        for child in dependents(sentence, clause, "advcl")
    )


def opens_condition(sentence: Sentence, clause: int, cues: Cues) -> bool:
    """Tell whether a clause is a condition, by its marker or by inversion."""
    first = None
    for child in dependents(sentence, clause, "mark", "advmod", "aux", "case"):
        word = sentence.tokens[child]
        form = word.text.lower()
        if form in cues.condition_markers and has_relation(word, "mark", "advmod"):
            return True
        if form in cues.inverted and has_relation(word, "aux"):
            first = child if first is None else first
    if first is None:
        return False
    subjects = dependents(sentence, clause, "nsubj")
    return bool(subjects) and first < min(subjects)
