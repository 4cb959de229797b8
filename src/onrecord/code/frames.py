"""Match frames: which words of a sentence call up which acts, by whom, to whom."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from onrecord.code.arguments import expand, find_arguments, find_light_verb
from onrecord.lexicon.frames import (
    ANY,
    EFFECT,
    NAME,
    Frame,
    FrameForm,
    FrameLexicon,
    Kind,
)
from onrecord.model.annotation import Sentence, Token
from onrecord.model.span import Span
from onrecord.model.tree import dependents, governor

MAX_REACH = 5  # words between a verb and what its trigger takes in
_PARTICIPLES = frozenset({"VBN", "VBG", "VBD"})
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

# "fire tear gas": words of a form that stand one step further down
_INNER = ("case", "mark", "compound", "amod")

Arguments = Mapping[str, tuple[int, ...]]


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
    token: int
    arguments: Arguments
    light: int | None
    taken: tuple[int, ...]


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
    light = _light_verb(sentence, token, frames)
    arguments = _join(sentence, token, light)
    found = []
    for form in forms:
        taken = _meet(sentence, token, form, arguments, frames)
        if taken is not None:
            found.append(_Candidate(form, token, arguments, light, taken))
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
            if word.xpos in _PARTICIPLES or word.text.lower().endswith(("ed", "ing")):
                yield "verb"


def _light_verb(sentence: Sentence, token: int, frames: FrameLexicon) -> int | None:
    if sentence.tokens[token].upos not in {"NOUN", "PROPN"}:
        return None
    verb = find_light_verb(sentence, token)
    if verb is None:
        return None
    word = sentence.tokens[verb]
    return verb if frames.is_light(word.lemma, word.text) else None


def _join(sentence: Sentence, token: int, light: int | None) -> Arguments:
    """Return a word's arguments, a noun's with those of its light verb."""
    own = dict(find_arguments(sentence, token))
    effect = _effect(sentence, token)
    if effect:
        own[EFFECT] = effect
    if light is None:
        return own
    joined = dict(own)
    for key, words in find_arguments(sentence, light).items():
        if key in {"subj", "iobj"} or key.startswith("obl:"):
            joined[key] = (*joined.get(key, ()), *words)
    return joined


def _effect(sentence: Sentence, token: int) -> tuple[int, ...]:
    """Return whom the verb above a subject noun acts on ("the raid killed ten")."""
    word = sentence.tokens[token]
    verb = governor(sentence, token)
    if verb is None or word.deprel != "nsubj" or word.upos != "NOUN":
        return ()
    return find_arguments(sentence, verb).get("obj", ())


def _meet(
    sentence: Sentence,
    token: int,
    form: FrameForm,
    arguments: Arguments,
    frames: FrameLexicon,
) -> tuple[int, ...] | None:
    """Return the words that meet a form's conditions, None where one fails.

    Of what meets the needs, only objects that are listed things join the trigger.
    """
    if any(
        _fill(sentence, arguments, key, words)
        for key, words in form.frame.unless.items()
    ):
        return None
    taken: list[int] = []
    objects = arguments.get("obj", ())
    for extra in form.extras:
        found = _find_extra(sentence, token, extra, arguments)
        if found is None:
            return None
        taken.append(found)
    for key, words in form.frame.needs.items():
        filled = _fill(sentence, arguments, key, words)
        if not filled:
            return None
        first = filled[0]
        is_thing = first in objects and not _is_party(sentence, first, frames)
        if is_thing and ANY not in words:
            taken.append(first)
    return tuple(taken)


def _fill(
    sentence: Sentence, arguments: Arguments, key: str, words: frozenset[str]
) -> tuple[int, ...]:
    """Return what fills an argument and is one of `words`."""
    return tuple(
        token
        for one in key.split("|")
        for token in arguments.get(one, ())
        if _is_one_of(sentence.tokens[token], words)
    )


def _is_one_of(word: Token, words: frozenset[str]) -> bool:
    return (
        word.lemma.lower() in words
        or word.text.lower() in words
        or ANY in words
        or (NAME in words and _is_name(word))
    )


def _is_name(word: Token) -> bool:
    return word.upos == "PROPN" or word.name_tag != "O" or word.xpos == "PRP"


def _find_extra(
    sentence: Sentence, token: int, extra: str, arguments: Arguments
) -> int | None:
    """Return the word `extra` under a head: particle, object, preposition, modifier."""
    under = [*sentence.children[token], *arguments.get("obj", ())]
    for child in under:
        if _is_word(sentence.tokens[child], extra):
            return child
    for child in under:
        for below in dependents(sentence, child, *_INNER):
            if _is_word(sentence.tokens[below], extra):
                return below
    # A compound that the reader has attached elsewhere still stands before its noun.
    before = token - 1
    if before >= 0 and sentence.tokens[token].upos in {"NOUN", "PROPN"}:
        return before if _is_word(sentence.tokens[before], extra) else None
    return None


def _is_word(word: Token, wanted: str) -> bool:
    return word.text.lower() == wanted or word.lemma.lower() == wanted


def _make_match(
    sentence: Sentence, candidate: _Candidate, frames: FrameLexicon
) -> FrameMatch:
    frame = candidate.form.frame
    words = {candidate.token, *candidate.taken}
    if candidate.light is not None:
        words.add(candidate.light)
    near = _reachable(candidate.token, words)
    arguments = _with_taken(sentence, candidate)
    actors = _parties(sentence, frame.actor, arguments, frames)
    recipients = _parties(sentence, frame.recipient, arguments, frames)
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
    joined = dict(candidate.arguments)
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


def _parties(
    sentence: Sentence,
    paths: tuple[str, ...],
    arguments: Arguments,
    frames: FrameLexicon,
) -> tuple[int, ...]:
    """Return who stands in the first place that holds a party.

    Names, personal pronouns and words for people or bodies are parties; where there
    is none, whatever fills the subject's or object's place is returned, but no act.
    """
    fallback: tuple[int, ...] = ()
    for path in paths:
        words = _follow(sentence, path, arguments)
        parties = tuple(one for one in words if _is_party(sentence, one, frames))
        if parties:
            return parties
        if not fallback and path in {"subj", "obj", "iobj"}:
            fallback = tuple(
                one for one in words if not _is_act(sentence.tokens[one], frames)
            )
    return fallback


def _is_act(word: Token, frames: FrameLexicon) -> bool:
    """Tell whether a word is a noun of acting: never who acts or is acted on."""
    return bool(frames.forms("noun", word.lemma, word.text))


def _follow(sentence: Sentence, path: str, arguments: Arguments) -> tuple[int, ...]:
    """Return the words at a path ("obj>poss": the possessors of the objects)."""
    first, *rest = path.split(">")
    words = arguments.get(first, ())
    for key in rest:
        words = tuple(
            dict.fromkeys(
                one
                for word in words
                for one in find_arguments(sentence, word).get(key, ())
            )
        )
    return words


def _is_party(sentence: Sentence, token: int, frames: FrameLexicon) -> bool:
    word = sentence.tokens[token]
    forms = {word.lemma.lower(), word.text.lower()}
    if forms & frames.never_parties:
        return False
    if forms & frames.parties:
        return True
    if word.upos == "ADJ":
        return word.text[:1].isupper()
    return _is_name(word) or word.upos == "PRON"


def _complement(sentence: Sentence, candidate: _Candidate) -> tuple[int, ...]:
    """Return the heads of what is demanded, threatened, denied."""
    if candidate.form.frame.complement is None:
        return ()
    words = [
        word
        for key in _COMPLEMENTS
        for word in candidate.arguments.get(key, ())
        if word != candidate.token
    ]
    return expand(sentence, tuple(words))
