"""Tell whether the conditions of a frame's form hold at a word."""

from collections.abc import Mapping

import msgspec

from onrecord.code.arguments import Arguments, find_arguments, find_light_verb
from onrecord.code.frame_parties import is_name, is_party
from onrecord.lexicon.frame_files import ANY, EFFECT, NAME
from onrecord.lexicon.frames import FrameForm, FrameLexicon
from onrecord.model.annotation import Sentence, Token
from onrecord.model.tree import dependents, governor

# "fire tear gas": words of a form that stand one step further down
_INNER = ("case", "mark", "compound", "amod")


class Site(msgspec.Struct, frozen=True):
    """A word that may head a trigger, with what its sentence says around it.

    `arguments` of a noun include those of its light verb; `under` are the words below
    the head by form and lemma.
    """

    sentence: Sentence
    token: int
    light: int | None
    arguments: Arguments
    under: Mapping[str, int]


def survey(sentence: Sentence, token: int, frames: FrameLexicon) -> Site:
    """Return a word with all that frames ask about."""
    light = _light_verb(sentence, token, frames)
    arguments = _join_arguments(sentence, token, light)
    under = _words_under(sentence, token, arguments)
    return Site(sentence, token, light, arguments, under)


def _light_verb(sentence: Sentence, token: int, frames: FrameLexicon) -> int | None:
    if sentence.tokens[token].upos not in {"NOUN", "PROPN"}:
        return None
    verb = find_light_verb(sentence, token)
    if verb is None:
        return None
    word = sentence.tokens[verb]
    return verb if frames.is_light(word.lemma, word.text) else None


def _join_arguments(sentence: Sentence, token: int, light: int | None) -> Arguments:
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


def meet_conditions(
    site: Site, form: FrameForm, frames: FrameLexicon
) -> tuple[int, ...] | None:
    """Return the words that meet a form's conditions, None where one fails.

    Of what meets the needs, only objects that are listed things join the trigger.
    """
    if any(extra not in site.under for extra in form.extras):
        return None
    frame = form.frame
    if any(_fill(site, key, words) for key, words in frame.unless.items()):
        return None
    taken = [site.under[extra] for extra in form.extras]
    objects = site.arguments.get("obj", ())
    for key, words in frame.needs.items():
        filled = _fill(site, key, words)
        if not filled:
            return None
        first = filled[0]
        is_thing = first in objects and not is_party(site.sentence, first, frames)
        if is_thing and ANY not in words:
            taken.append(first)
    return tuple(taken)


def _fill(site: Site, key: str, words: frozenset[str]) -> tuple[int, ...]:
    """Return what fills an argument and is one of `words`."""
    return tuple(
        token
        for one in key.split("|")
        for token in site.arguments.get(one, ())
        if _is_one_of(site.sentence.tokens[token], words)
    )


def _is_one_of(word: Token, words: frozenset[str]) -> bool:
    return (
        ANY in words
        or word.lemma.lower() in words
        or word.text.lower() in words
        or (NAME in words and is_name(word))
    )


def _words_under(
    sentence: Sentence, token: int, arguments: Arguments
) -> Mapping[str, int]:
    """Return the words under a head by form and lemma, the nearest of each.

    Particles, objects, then prepositions and modifiers one step further down.
    """
    under = [*sentence.children[token], *arguments.get("obj", ())]
    inner = [below for one in under for below in dependents(sentence, one, *_INNER)]
    # A compound that the reader has attached elsewhere still stands before its noun.
    if token > 0 and sentence.tokens[token].upos in {"NOUN", "PROPN"}:
        inner.append(token - 1)
    found: dict[str, int] = {}
    for one in (*under, *inner):
        word = sentence.tokens[one]
        found.setdefault(word.text.lower(), one)
        found.setdefault(word.lemma.lower(), one)
    return found
