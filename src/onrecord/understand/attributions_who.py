"""Find who speaks, to whom, and where it was said."""

from collections.abc import Iterable

from onrecord.lexicon.cues import Cues
from onrecord.model.annotation import Nominal, Sentence
from onrecord.model.lookup import Nominals, nominal_at
from onrecord.model.span import Span
from onrecord.model.tree import (
    ancestors,
    dependents,
    governor,
    has_relation,
    longest_run,
    subtree,
)
from onrecord.understand.attributions_cues import Found

# Cut-off of the reader's link from a cue to its speaker, set on gold/dev.
SPEAKER_LINK = 0.35

INHERITS = ("conj", "xcomp", "advcl", "parataxis")
SPOKEN_AT = ("obj", "iobj", "obl", "nmod")


def find_speaker(
    number: int, sentence: Sentence, cue: Found, at: Nominals
) -> Nominal | None:
    """Return who speaks: as the reader links it, else by the tree."""
    barred = frozenset(_patients(sentence, cue))
    links = cue.score.speakers if cue.score else ()
    for token, score in sorted(links, key=lambda link: (-link[1], link[0])):
        if score < SPEAKER_LINK:
            break
        nominal = nominal_at(number, sentence, token, at)
        if nominal and nominal.head not in barred:
            return nominal
    for token in _speaker_tokens(sentence, cue):
        nominal = nominal_at(number, sentence, token, at)
        if nominal and nominal.head not in barred:
            return nominal
    return None


def _patients(sentence: Sentence, cue: Found) -> Iterable[int]:
    """Yield whom a passive cue speaks of: "the man is said to have fled"."""
    yield from dependents(sentence, cue.token, "nsubj:pass")


def _speaker_tokens(sentence: Sentence, cue: Found) -> Iterable[int]:
    if cue.is_phrase:
        yield from (
            i
            for i, t in enumerate(sentence.tokens)
            if t.start >= cue.span.end and t.upos in ("NOUN", "PROPN", "PRON")
        )
        return
    if sentence.tokens[cue.token].upos == "NOUN":
        yield from dependents(sentence, cue.token, "nmod:poss", "amod", "compound")
        return
    passive = dependents(sentence, cue.token, "nsubj:pass")
    yield from dependents(sentence, cue.token, "obl:agent")
    if not passive:
        yield from dependents(sentence, cue.token, "nsubj")
    above = governor(sentence, cue.token)
    if above is not None and has_relation(sentence.tokens[cue.token], *INHERITS):
        yield from dependents(sentence, above, "nsubj")
    if above is not None and has_relation(sentence.tokens[cue.token], "acl"):
        yield above


def find_audience(
    number: int,
    sentence: Sentence,
    cue: Found,
    speaker: Nominal,
    at: Nominals,
    cues: Cues,
) -> tuple[Nominal | None, Span | None]:
    """Return to whom it was said, and the words that name the venue.

    The venue may hang on the cue ("told Tass", "said in a speech"), on the speaker
    ("the minister, in an interview, said") or on a participle beside the cue
    ("speaking to reporters, he said").
    """
    addressee: Nominal | None = None
    venue: Span | None = None
    for child in dependents(sentence, cue.token, "obj", "iobj", "obl"):
        prepositions = _prepositions(sentence, child)
        nominal = at.get((number, child))
        told = not prepositions and sentence.tokens[cue.token].lemma in cues.tellers
        if told or _is_press(number, sentence, child, at, cues):
            venue = venue or _venue(sentence, cue, child, prepositions, cues)
        if nominal and (
            not prepositions or prepositions <= cues.addressee_prepositions
        ):
            addressee = addressee or nominal
    return addressee, venue or _venue_beside(number, sentence, cue, speaker, at, cues)


def _venue(
    sentence: Sentence,
    cue: Found,
    child: int,
    prepositions: frozenset[str],
    cues: Cues,
) -> Span | None:
    clauses = frozenset(dependents(sentence, child, "acl", "ccomp"))
    phrase = subtree(sentence, child, without=clauses)
    if not prepositions:
        told = sentence.tokens[cue.token].lemma in cues.tellers
        end = sentence.tokens[phrase[-1]].end
        return Span(cue.span.start, end) if told and end > cue.span.end else None
    if prepositions & cues.venue_prepositions:
        return longest_run(sentence, phrase)
    return None


def _venue_beside(
    number: int,
    sentence: Sentence,
    cue: Found,
    speaker: Nominal,
    at: Nominals,
    cues: Cues,
) -> Span | None:
    """Return a venue on the speaker, or on a participle of speaking beside the cue."""
    heads = [speaker.head] if speaker.sentence == number else []
    for head in (cue.token, *heads, *ancestors(sentence, cue.token)[:1]):
        for child in dependents(sentence, head, "advcl", "acl"):
            if sentence.tokens[child].lemma.lower() in cues.venue_verbs:
                span = longest_run(sentence, subtree(sentence, child))
                if span and not span.overlaps(cue.span):
                    return span
    for head in heads:
        for child in dependents(sentence, head, "nmod"):
            if (
                child > head
                and _prepositions(sentence, child) & cues.venue_prepositions
            ):
                span = longest_run(sentence, subtree(sentence, child))
                press = _is_press(number, sentence, child, at, cues)
                if press and span and not span.overlaps(cue.span):
                    return span
    return None


def _prepositions(sentence: Sentence, head: int) -> frozenset[str]:
    cases = dependents(sentence, head, "case")
    return frozenset(sentence.tokens[c].lemma.lower() for c in cases)


def _is_press(
    number: int, sentence: Sentence, head: int, at: Nominals, cues: Cues
) -> bool:
    """Tell whether a phrase names where one speaks: press, platform, gathering."""
    if sentence.tokens[head].lemma.lower() in cues.venue_nouns:
        return True
    return any(
        "JRN" in named.sectors
        for i in subtree(sentence, head)
        if (named := at.get((number, i))) is not None
    )
