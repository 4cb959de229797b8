"""Find the clause, or the noun phrase, that a cue reports in its own sentence."""

from collections.abc import Iterable, Sequence

from onrecord.lexicon.cues import Cues
from onrecord.model.annotation import Nominal, Sentence
from onrecord.model.span import Span
from onrecord.model.tree import (
    ancestors,
    dependents,
    governor,
    has_relation,
    longest_run,
    subtree,
    tokens_in,
)
from onrecord.understand.attributions_cues import Found

# What a cue reports, the most telling relation first.
CLAUSES = ("ccomp", "xcomp", "csubj", "parataxis")
ASKED = ("advcl",)  # an infinitive behind the cue: "called on them to leave"
THINGS = ("obj", "obl", "nmod", "nsubj:pass")
LOOSE = ("advcl", "acl")
COLON = ":"
OUTER = ("parataxis", "case", "fixed", "discourse")


def announces(sentence: Sentence) -> bool:
    """Tell whether a sentence ends by announcing what follows: "He said:"."""
    return bool(sentence.tokens) and sentence.tokens[-1].text == COLON


def find_clause(
    sentence: Sentence,
    cue: Found,
    speaker: Nominal,
    others: Sequence[Found],
    cues: Cues,
) -> tuple[Span, ...]:
    """Return the clause, or noun phrase, that the cue reports."""
    trim = cues.content_openers
    below = frozenset({cue.token, *tokens_in(sentence, speaker.span)})
    closed = announces(sentence)
    things = THINGS if _takes_things(cue) and not closed else ()
    loose = () if closed else LOOSE
    for relations in (CLAUSES[:3], ASKED, CLAUSES[3:], None, things, loose):
        if relations is None:
            if _is_outer(sentence, cue, cues):
                return _around(sentence, cue, speaker)
            continue
        for child in _children(sentence, cue, relations, cues):
            if child in below:
                continue
            if relations is ASKED and not _is_asked(sentence, cue, child):
                continue
            out = frozenset({*below, *_asides(sentence, child, others)})
            words = [i for i in subtree(sentence, child, without=out) if i not in below]
            if len(words) > 1 or relations is things:
                run = longest_run(sentence, words, trim=trim)
                return (run,) if run else ()
    return ()


def _children(
    sentence: Sentence, cue: Found, relations: Sequence[str], cues: Cues
) -> Iterable[int]:
    """Yield what may be the content below a cue, the most telling relation first.

    A phrase of time is not; below one of place only a clause is ("said in a speech
    that ...", which parsers hang on the speech).
    """
    for relation in relations:
        for child in dependents(sentence, cue.token, relation):
            word = sentence.tokens[child]
            if relation == "obl" and _is_gathering(sentence, child, cues):
                yield from dependents(sentence, child, "acl", "ccomp")
            elif has_relation(word, "obl:tmod"):
                continue
            elif relation != "obl" or child > cue.token:
                yield child


def _is_gathering(sentence: Sentence, child: int, cues: Cues) -> bool:
    """Tell whether a phrase names where one speaks: "in a speech"."""
    cases = dependents(sentence, child, "case")
    return sentence.tokens[child].lemma.lower() in cues.venue_nouns and any(
        sentence.tokens[c].lemma.lower() in cues.venue_prepositions for c in cases
    )


def _is_asked(sentence: Sentence, cue: Found, child: int) -> bool:
    """Tell whether a clause is an infinitive behind the cue, after no comma."""
    return any(
        i > cue.token
        and sentence.tokens[i].upos == "PART"
        and sentence.tokens[i - 1].upos != "PUNCT"
        for i in dependents(sentence, child, "mark")
    )


def _takes_things(cue: Found) -> bool:
    """Tell whether a noun phrase may be the content."""
    return cue.entry is None or cue.entry.noun_content or cue.score is not None


def _is_outer(sentence: Sentence, cue: Found, cues: Cues) -> bool:
    """Tell whether the cue stands inside or behind what it reports."""
    if governor(sentence, cue.token) is None:
        return False
    if has_relation(sentence.tokens[cue.token], "advcl") and any(
        sentence.tokens[i].lemma.lower() in cues.outer_markers
        for i in dependents(sentence, cue.token, "mark", "advmod")
    ):
        return True
    return cue.is_phrase or has_relation(sentence.tokens[cue.token], *OUTER)


def _asides(sentence: Sentence, clause: int, others: Sequence[Found]) -> Iterable[int]:
    """Yield the participles of other cues behind a comma: ", blaming the rebels"."""
    for other in others:
        token = sentence.tokens[other.token]
        if (
            token.xpos == "VBG"
            and other.token > clause
            and has_relation(token, *LOOSE, "xcomp", "parataxis")
            and sentence.tokens[other.token - 1].upos == "PUNCT"
            and not dependents(sentence, other.token, "nsubj")
        ):
            yield other.token


def _around(sentence: Sentence, cue: Found, speaker: Nominal) -> tuple[Span, ...]:
    """Return the clause around a cue, without the words of the cue and its speaker."""
    out = {*tokens_in(sentence, cue.span), *subtree(sentence, speaker.head)}
    out |= {*tokens_in(sentence, speaker.span)}
    if not cue.is_phrase:
        out |= set(subtree(sentence, cue.token))
    words: Sequence[int] = range(len(sentence.tokens))
    if cue.is_phrase and cue.token > 0:
        words = _own_clause(sentence, cue)
    return _runs(sentence, [i for i in words if i not in out])


def _own_clause(sentence: Sentence, cue: Found) -> Sequence[int]:
    """Return the clause that a phrase such as "according to" stands in.

    Clauses joined to it that have a subject of their own are not its content.
    """
    verbs = [
        i
        for i in ancestors(sentence, cue.token)
        if sentence.tokens[i].upos in ("VERB", "AUX")
        or has_relation(sentence.tokens[i], "root")
        or dependents(sentence, i, "nsubj")
    ]
    if not verbs:
        return range(len(sentence.tokens))
    joined = frozenset(
        i
        for i in dependents(sentence, verbs[0], "conj", "parataxis")
        if dependents(sentence, i, "nsubj") and not cue.token > i
    )
    return subtree(sentence, verbs[0], without=joined)


def _runs(sentence: Sentence, tokens: Sequence[int]) -> tuple[Span, ...]:
    """Return the contiguous runs of words that hold more than marks and joints."""
    runs: list[list[int]] = []
    for i in tokens:
        if runs and i == runs[-1][-1] + 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    loose = ("PUNCT", "CCONJ", "ADV", "ADP", "SCONJ")
    return tuple(
        span
        for run in runs
        if any(sentence.tokens[i].upos not in loose for i in run)
        and (span := longest_run(sentence, run)) is not None
    )
