"""How many: the numbers that belong to an act.

They stand among the arguments of its own word, and of words that tell the act on: the
verb an act's noun is the subject of ("the blast killed ten"), verbs that share its
subject ("killed ten and wounded six"), its outcome in a participle ("went on a spree,
killing four") or a relative clause ("an attack that left ten dead"), the act it aims at
("agreed to free ten"), and the noun it says something of ("ten men held there").
"""

from collections.abc import Sequence

from onrecord.model.annotation import Quantity, Sentence
from onrecord.model.tree import (
    ancestors,
    dependents,
    governor,
    has_relation,
    tokens_in,
)

_OUTCOME = "VBG"


def find_event_quantities(
    sentence: Sentence, token: int, quantities: Sequence[Quantity]
) -> tuple[Quantity, ...]:
    """Return the quantities of the act that word `token` calls up, in text order."""
    tellers = _tellers(sentence, token)
    return tuple(q for q in quantities if _belongs(sentence, token, q, tellers))


def _belongs(
    sentence: Sentence, token: int, quantity: Quantity, tellers: frozenset[int]
) -> bool:
    words = tokens_in(sentence, quantity.span)
    if not words:
        return False
    if token in words:
        return True
    inside = set(words)
    head = next((w for w in words if governor(sentence, w) not in inside), words[0])
    return (
        _predicate_above(sentence, head) in tellers
        or _is_in_phrase(sentence, token, head)
        or _is_said_of(sentence, token, inside)
    )


def _tellers(sentence: Sentence, token: int) -> frozenset[int]:
    """Return the words whose arguments the act's numbers stand among."""
    tokens, above = sentence.tokens, governor(sentence, token)
    found = {token}
    if above is not None and has_relation(tokens[token], "obj", "xcomp", "amod"):
        found.add(above)
    if not _is_verb(sentence, token):
        if above is not None and tokens[token].deprel == "nsubj":
            found.add(above)
        for clause in dependents(sentence, token, "acl"):
            found.update((clause, *dependents(sentence, clause, "conj")))
    found.update(dependents(sentence, token, "xcomp"))
    for verb in tuple(found):
        found.update(_joined(sentence, verb))
    for verb in tuple(found):
        found.update(_outcomes(sentence, verb))
    return frozenset(found)


def _joined(sentence: Sentence, verb: int) -> tuple[int, ...]:
    """Return the verbs joined to a verb that have no subject of their own."""
    if not _is_verb(sentence, verb):
        return ()
    return tuple(
        other
        for other in dependents(sentence, verb, "conj")
        if _is_verb(sentence, other)
        and not dependents(sentence, other, "nsubj", "csubj")
    )


def _outcomes(sentence: Sentence, verb: int) -> tuple[int, ...]:
    """Return the participles that say what came of it: "..., killing four"."""
    return tuple(
        clause
        for clause in dependents(sentence, verb, "advcl")
        if sentence.tokens[clause].xpos == _OUTCOME
        and not dependents(sentence, clause, "mark")
    )


def _predicate_above(sentence: Sentence, token: int) -> int | None:
    """Return the predicate whose argument a word belongs to."""
    for above in ancestors(sentence, token):
        if _is_verb(sentence, above) or governor(sentence, above) is None:
            return above
    return None


def _is_in_phrase(sentence: Sentence, token: int, head: int) -> bool:
    """Tell whether `head` hangs on the act's word with no verb between."""
    for above in ancestors(sentence, head):
        if above == token:
            return True
        if _is_verb(sentence, above):
            return False
    return False


def _is_said_of(sentence: Sentence, token: int, words: set[int]) -> bool:
    """Tell whether the act's word is the attribute of one of `words`."""
    above = governor(sentence, token)
    return above in words and has_relation(sentence.tokens[token], "acl", "amod")


def _is_verb(sentence: Sentence, token: int) -> bool:
    return sentence.tokens[token].upos in ("VERB", "AUX")
