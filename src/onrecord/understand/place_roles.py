"""Decide whether a place name stands for a place or for who rules there."""

from collections.abc import Sequence

from onrecord.lexicon.placewords import PlaceWords
from onrecord.model.annotation import PlaceRole, Token

_SUBJECTS = frozenset({"nsubj", "nsubj:outer", "csubj"})
_OBJECTS = frozenset({"obj", "iobj", "nsubj:pass"})
_LINKS = frozenset({"compound", "flat", "nmod:desc", "nmod:unmarked", "amod"})
MAX_CHAIN = 8  # conjuncts followed upwards


def place_role(
    tokens: Sequence[Token],
    first: int,
    last: int,
    words: PlaceWords,
    *,
    party_heads: frozenset[int] = frozenset(),
) -> PlaceRole:
    """Return the role of the name made of words `first`..`last` (exclusive).

    `party_heads` are the head words of persons, bodies and groups in the sentence.
    """
    at = _head(tokens, first, last)
    before = _case_of(tokens, at)
    for _ in range(MAX_CHAIN):
        if tokens[at].deprel != "conj" or tokens[at].head == 0 or before is not None:
            break
        at = tokens[at].head - 1
        before = _case_of(tokens, at)
    is_actor = _is_actor(tokens, at, before, words, party_heads)
    return PlaceRole.ACTOR if is_actor else PlaceRole.PLACE


def _head(tokens: Sequence[Token], first: int, last: int) -> int:
    """Return the word of the name whose head lies outside it."""
    for at in range(first, last):
        if not first <= tokens[at].head - 1 < last:
            return at
    return last - 1


def _case_of(tokens: Sequence[Token], at: int) -> str | None:
    """Return the preposition of the phrase headed by word `at`, in lower case."""
    for token in tokens:
        if token.head - 1 == at and token.deprel == "case" and token.upos != "PART":
            return token.text.lower()
    return None


def _is_actor(
    tokens: Sequence[Token],
    at: int,
    before: str | None,
    words: PlaceWords,
    party_heads: frozenset[int],
) -> bool:
    token = tokens[at]
    if token.head == 0:
        return False
    governor = tokens[token.head - 1]
    lemma = governor.lemma.lower()
    if before is not None:
        return _is_party_phrase(before, lemma, words)
    if token.deprel in _SUBJECTS:
        if governor.upos == "VERB":
            return lemma not in words.still_verbs
        return lemma in words.willing
    if token.deprel in _OBJECTS:
        return governor.upos == "VERB" and lemma not in words.ground_verbs
    if token.deprel == "nmod:poss":
        return lemma not in words.ground_nouns
    if governor.text.lower() in words.backed:
        return True
    is_link = token.deprel in _LINKS and token.head - 1 > at
    return is_link and token.head - 1 in party_heads


def _is_party_phrase(before: str, lemma: str, words: PlaceWords) -> bool:
    """Tell whether a preposition under `lemma` names a party ("talks with Iran")."""
    if before in words.party:
        return lemma not in words.ground_nouns
    return lemma in words.party_under.get(before, frozenset())
