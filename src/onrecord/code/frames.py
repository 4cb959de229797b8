"""Match frames: which words of a sentence call up which acts, by whom, to whom."""

from collections.abc import Iterable, Iterator

import msgspec

from onrecord.code.arguments import Arguments, expand, find_arguments
from onrecord.code.frame_conditions import Site, meet_conditions, survey
from onrecord.code.frame_parties import find_parties
from onrecord.lexicon.frames import Frame, FrameForm, FrameLexicon, Kind
from onrecord.model.annotation import Sentence, Token
from onrecord.model.span import Span

MAX_REACH = 5  # words between a verb and what its trigger takes in
_PARTICIPLES = frozenset({"VBN", "VBG", "VBD"})
_PARTICIPLE_ENDINGS = ("ed", "ing")
_COMPLEMENTS = (
    "ccomp",
    "xcomp",
    "acl",
    "obj",
    "obl:for",
    "obl:to",
    "obl:with",
    "obl:of",
    "obl:from",
    "obl:in",
    "advcl:for",
    "advcl:to",
    "advcl:of",
    "advcl:from",
    "nmod:of",
    "nmod:for",
    "nmod:to",
    "nmod:on",
)


class FrameMatch(msgspec.Struct, frozen=True, kw_only=True):
    """One frame found in a sentence; words are 0-based.

    `token` is the head of the trigger, `words` all of the trigger's own words, sorted.
    `actors` and `recipients` are head words of noun phrases, best place first, not yet
    told apart from things. `complement` are the heads of what is demanded, threatened,
    denied. `form` is the form that was found, `score` its
    precision, less where the word only describes another.
    """

    frame: Frame
    form: str
    token: int
    words: tuple[int, ...]
    trigger: Span
    actors: tuple[int, ...]
    recipients: tuple[int, ...]
    complement: tuple[int, ...]
    score: float


class _Candidate(msgspec.Struct, frozen=True):
    """A form whose conditions hold at a word; `taken` are the words that meet them."""

    form: FrameForm
    site: Site
    taken: tuple[int, ...]

    @property
    def token(self) -> int:
        """Return the head word."""
        return self.site.token


def match_frames(sentence: Sentence, frames: FrameLexicon) -> tuple[FrameMatch, ...]:
    """Return the frames of a sentence in text order, at most one at a word.

    The form with the most conditions wins, then the more precise frame. A word that
    is part of another match's trigger calls up nothing of its own.
    """
    best = []
    for token in range(len(sentence.tokens)):
        candidates = _find_candidates(sentence, token, frames)
        if candidates:
            best.append(max(candidates, key=_rank))
    taken = {word for one in best for word in one.taken if word != one.token}
    return tuple(
        _make_match(sentence, one, frames) for one in best if one.token not in taken
    )


def find_matches(sentence: Sentence, frames: FrameLexicon) -> tuple[FrameMatch, ...]:
    """Return every most specific form at every word, before one is chosen."""
    return tuple(
        _make_match(sentence, candidate, frames)
        for token in range(len(sentence.tokens))
        for candidate in _find_candidates(sentence, token, frames)
    )


def _find_candidates(
    sentence: Sentence, token: int, frames: FrameLexicon
) -> tuple[_Candidate, ...]:
    """Return the most specific forms whose conditions hold at one word."""
    word = sentence.tokens[token]
    forms = [
        form
        for kind in _kinds(word)
        for form in frames.forms(kind, word.lemma, word.text)
    ]
    if not forms:
        return ()
    site = survey(sentence, token, frames)
    found = []
    for form in forms:
        taken = meet_conditions(site, form, frames)
        if taken is not None:
            found.append(_Candidate(form, site, taken))
    most = max((one.form.specificity for one in found), default=0)
    return tuple(one for one in found if one.form.specificity == most)


def _rank(candidate: _Candidate) -> tuple[int, float, str]:
    form = candidate.form
    return form.specificity, form.precision, form.frame.id


def _kinds(word: Token) -> Iterator[Kind]:
    """Yield the kinds of frame a word may head."""
    match word.upos:
        case "VERB" | "AUX":
            yield "verb"
        case "NOUN" | "PROPN":
            yield "noun"
        case "ADJ":
            yield "adjective"
            ending = word.text.lower().endswith(_PARTICIPLE_ENDINGS)
            if word.xpos in _PARTICIPLES or ending:
                yield "verb"


def _make_match(
    sentence: Sentence, candidate: _Candidate, frames: FrameLexicon
) -> FrameMatch:
    frame = candidate.form.frame
    words = {candidate.token, *candidate.taken}
    if candidate.site.light is not None:
        words.add(candidate.site.light)
    near = _reachable(candidate.token, words)
    arguments = _with_taken(sentence, candidate)
    actors = find_parties(sentence, frame.actor, arguments, frames)
    recipients = find_parties(sentence, frame.recipient, arguments, frames)
    recipients = tuple(one for one in recipients if one not in near)
    if frame.mutual:
        actors, recipients = tuple(dict.fromkeys(actors + recipients)), ()
    return FrameMatch(
        frame=frame,
        form=candidate.form.text,
        token=candidate.token,
        words=near,
        trigger=Span(sentence.tokens[near[0]].start, sentence.tokens[near[-1]].end),
        actors=tuple(one for one in actors if one not in near),
        recipients=tuple(one for one in recipients if one not in actors),
        complement=_complement(sentence, candidate),
        score=round(candidate.form.precision * _weight(sentence, candidate, frames), 4),
    )


def _with_taken(sentence: Sentence, candidate: _Candidate) -> Arguments:
    """Return the arguments, with those of the trigger's nouns ("an attack on")."""
    joined = dict(candidate.site.arguments)
    for noun in candidate.taken:
        for key, words in find_arguments(sentence, noun).items():
            if key.startswith("nmod:"):
                joined[key] = (*joined.get(key, ()), *words)
    return joined


def _weight(sentence: Sentence, candidate: _Candidate, frames: FrameLexicon) -> float:
    relation = sentence.tokens[candidate.token].deprel
    return frames.weights.get(relation, 1.0)


def _reachable(head: int, words: Iterable[int]) -> tuple[int, ...]:
    """Return those of `words` that stand near enough to the head for one trigger."""
    near = {head}
    for word in sorted(words, key=lambda one: abs(one - head)):
        if min(abs(word - one) for one in near) <= MAX_REACH:
            near.add(word)
    return tuple(sorted(near))


def _complement(sentence: Sentence, candidate: _Candidate) -> tuple[int, ...]:
    """Return the heads of what is demanded, threatened, denied."""
    if candidate.form.frame.complement is None:
        return ()
    words = [
        word
        for key in _COMPLEMENTS
        for word in candidate.site.arguments.get(key, ())
        if word != candidate.token
    ]
    return expand(sentence, tuple(words))
