"""Decide whether a place name stands for a place or for who rules there."""

from collections.abc import Sequence

from onrecord.lexicon.placewords import PlaceWords
from onrecord.model.annotation import PlaceRole, Token

_SUBJECTS = frozenset({"nsubj", "nsubj:outer", "csubj"})
_OBJECTS = frozenset({"obj", "iobj", "nsubj:pass"})
_LINKS = frozenset({"compound", "flat", "nmod:desc"})
MAX_CHAIN = 8  # conjuncts followed upwards


def place_role(
    tokens: Sequence[Token], first: int, last: int, words: PlaceWords
) -> PlaceRole:
    """Return the role of the name made of words `first`..`last` (exclusive)."""
    at = _head(tokens, first, last)
    before = _case_of(tokens, at, first)
    for _ in range(MAX_CHAIN):
        if tokens[at].deprel != "conj" or tokens[at].head == 0 or before is not None:
            break
        at = tokens[at].head - 1
        before = _case_of(tokens, at, at)
    is_actor = _is_actor(tokens, at, before, words)
    return PlaceRole.ACTOR if is_actor else PlaceRole.PLACE


def _head(tokens: Sequence[Token], first: int, last: int) -> int:
    """Return the word of the name whose head lies outside it."""
    for at in range(first, last):
        if not first <= tokens[at].head - 1 < last:
            return at
    return last - 1


def _case_of(tokens: Sequence[Token], at: int, first: int) -> str | None:
    """Return the preposition of the phrase headed by word `at`, in lower case."""
    for token in tokens:
        if token.head - 1 == at and token.deprel == "case" and token.upos != "PART":
            return token.text.lower()
    return None


def _is_actor(
    tokens: Sequence[Token], at: int, before: str | None, words: PlaceWords
) -> bool:
    token = tokens[at]
    governor = tokens[token.head - 1] if token.head else None
    if governor is None:
        return False
    lemma = governor.lemma.lower()
    if before == "to" and lemma in words.to_party:
        return True
    if before is not None:
        return before in words.party
    if token.deprel in _SUBJECTS:
        return governor.upos == "VERB" and lemma not in words.still_verbs
    if token.deprel in _OBJECTS:
        return governor.upos == "VERB" and lemma not in words.ground_verbs
    if token.deprel == "nmod:poss":
        return lemma not in words.ground_nouns
    return False
