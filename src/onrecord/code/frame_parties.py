"""Tell who stands where a frame says that its actor and recipient stand."""

from onrecord.code.arguments import Arguments, find_arguments
from onrecord.lexicon.frames import FrameLexicon
from onrecord.model.annotation import Sentence, Token


def find_parties(
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
        parties = tuple(one for one in words if is_party(sentence, one, frames))
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


def is_party(sentence: Sentence, token: int, frames: FrameLexicon) -> bool:
    word = sentence.tokens[token]
    forms = {word.lemma.lower(), word.text.lower()}
    if forms & frames.never_parties:
        return False
    if forms & frames.parties:
        return True
    if word.upos == "ADJ":
        return word.text[:1].isupper()
    return is_name(word) or word.upos == "PRON"


def is_name(word: Token) -> bool:
    return word.upos == "PROPN" or word.name_tag != "O" or word.xpos == "PRP"
