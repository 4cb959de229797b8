"""Find the noun phrase that a word belongs to."""

from collections.abc import Iterable, Mapping

from onrecord.model.annotation import Nominal, Sentence
from onrecord.model.tree import governor, has_relation

Nominals = Mapping[tuple[int, int], Nominal]

# From a word of a phrase to its head: a name inside a title inside a phrase.
INSIDE = ("flat", "compound", "amod", "det", "case", "nummod", "nmod:poss", "fixed")
MAX_STEPS = 4


def by_head(nominals: Iterable[Nominal]) -> Nominals:
    """Return the nominals by sentence number and head word."""
    return {(n.sentence, n.head): n for n in nominals}


def nominal_at(
    number: int, sentence: Sentence, token: int, nominals: Nominals
) -> Nominal | None:
    """Return the nominal headed by a word, or by the head of the phrase it is in."""
    here: int | None = token
    for _ in range(MAX_STEPS):
        if here is None:
            return None
        found = nominals.get((number, here))
        if found is not None:
            return found
        if not has_relation(sentence.tokens[here], *INSIDE):
            return None
        here = governor(sentence, here)
    return None
