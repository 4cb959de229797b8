"""Find the cues of attribution in a sentence: proposed by the reader, known by words.

A cue that the lexicon knows needs less of the reader's confidence than one that only
the reader sees, and a fixed phrase ("according to") needs none. Where the reader
proposes nothing at all (a parser without statement heads), the lexicon's verbs and
phrases stand alone.
"""

from collections.abc import Iterable

import msgspec

from onrecord.lexicon.cues import Cue, Cues
from onrecord.model.annotation import Act, CueScore, Nominal, Sentence
from onrecord.model.span import Span
from onrecord.model.tree import dependents

# Cut-offs of the reader's cue score, set on gold/dev.
KNOWN_CUE = 0.4
UNKNOWN_CUE = 0.45
# From here on the reader's act stands against the one of a neutral entry.
SURE_ACT = 0.6


class Found(msgspec.Struct, frozen=True):
    """A cue with its lexicon entry and the reader's score, where there are such."""

    token: int
    entry: Cue | None
    score: CueScore | None
    span: Span

    @property
    def act(self) -> Act:
        """Return the speech act: the entry's, or the reader's where that is open."""
        if self.entry is not None and not self.entry.neutral:
            return self.entry.act
        if self.score is None:
            return self.entry.act if self.entry else Act.SAY
        scores = zip(self.score.act_scores, Act, strict=True)
        chance, act = max(scores, key=lambda pair: pair[0])
        return self.entry.act if self.entry and chance < SURE_ACT else act

    @property
    def rule(self) -> str:
        """Return the id of the cue's entry, or the reader's score."""
        if self.entry is not None:
            return f"cues/{self.entry.id}"
        return f"reader/cue@{self.score.score:.2f}" if self.score else "cues/unknown"

    @property
    def is_phrase(self) -> bool:
        """Tell whether the cue is a fixed phrase before its speaker."""
        return self.entry is not None and bool(self.entry.phrases)


class Draft(msgspec.Struct, frozen=True):
    """A cue and its speaker, before it is known all that was said."""

    sentence: int
    cue: Found
    speaker: Nominal
    content: tuple[Span, ...]
    addressee: Nominal | None = None
    venue: Span | None = None


def find_cues(sentence: Sentence, cues: Cues) -> Iterable[Found]:
    """Yield the cues of a sentence, in text order."""
    scores = {c.token: c for c in sentence.cues}
    reads_cues = bool(sentence.cues) or bool(sentence.triggers)
    for i, token in enumerate(sentence.tokens):
        score = scores.get(i)
        phrase = _phrase(sentence, i, cues)
        if phrase is not None:
            yield Found(i, phrase[0], score, phrase[1])
        elif score is not None or not reads_cues:
            entry, span = look_up(sentence, i, cues)
            if _is_sure(entry, score):
                yield Found(i, entry, score, span or token.span)


def _is_sure(entry: Cue | None, score: CueScore | None) -> bool:
    if score is None:
        return entry is not None
    return score.score >= (UNKNOWN_CUE if entry is None else KNOWN_CUE)


def look_up(
    sentence: Sentence, token: int, cues: Cues
) -> tuple[Cue | None, Span | None]:
    """Return the lexicon's entry for a verb or noun, and the words of the cue."""
    word = sentence.tokens[token]
    lemma = word.lemma.lower()
    if word.upos == "NOUN":
        entries = cues.nouns.get(lemma, ())
        return (entries[0], word.span) if entries else (None, None)
    if word.upos not in ("VERB", "AUX"):
        return None, None
    for particle in _particles(sentence, token):
        part = sentence.tokens[particle]
        entries = cues.verbs.get(f"{lemma} {part.lemma.lower()}", ())
        if entries:
            return entries[0], Span(word.start, part.end)
    entries = cues.verbs.get(lemma, ())
    return (entries[0], word.span) if entries else (None, None)


def _particles(sentence: Sentence, token: int) -> Iterable[int]:
    """Yield the words that may make a phrase with a verb: the next, or its particle."""
    after = token + 1
    if after < len(sentence.tokens) and sentence.tokens[after].upos in ("ADP", "SCONJ"):
        yield after
    for child in dependents(sentence, token, "compound:prt", "obl", "advmod"):
        is_noun = sentence.tokens[child].deprel.startswith("obl")
        own = dependents(sentence, child, "case")
        for particle in own if is_noun else (child, *own):
            if token < particle <= token + 2:
                yield particle


def _phrase(sentence: Sentence, token: int, cues: Cues) -> tuple[Cue, Span] | None:
    first = sentence.tokens[token]
    for words, cue in cues.phrases_by_word.get(first.text.lower(), ()):
        run = sentence.tokens[token : token + len(words)]
        if tuple(t.text.lower() for t in run) == words:
            return cue, Span(first.start, run[-1].end)
    return None
