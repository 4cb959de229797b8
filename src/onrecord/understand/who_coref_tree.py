"""Where a phrase stands in its sentence: its part, its clause, whose clause that is."""

from onrecord.model.annotation import Sentence
from onrecord.model.tree import ancestors, dependents, governor, has_relation

PARTS = {
    "nsubj:pass": "passive",
    "nsubj": "subject",
    "csubj": "subject",
    "obj": "object",
    "iobj": "object",
    "obl:agent": "agent",
    "obl": "oblique",
    "nmod:poss": "owner",
    "nmod": "noun",
    "appos": "beside",
    "amod": "adjective",
    "compound": "adjective",
    "root": "root",
}
CLAUSES = ("acl", "advcl", "ccomp", "xcomp", "csubj", "parataxis", "root")
SHARED_SUBJECT = ("conj", "xcomp", "advcl")
VERBAL = frozenset({"VERB", "AUX"})
MAX_CLAUSES = 3  # of a clause those above it that matter
MAX_STEPS = 6  # from a word up to the phrase that it is in


def first_of_list(sentence: Sentence, head: int) -> int:
    """Return the first of the coordinated words that `head` is one of."""
    for _ in range(MAX_STEPS):
        above = governor(sentence, head)
        if above is None or not has_relation(sentence.tokens[head], "conj"):
            return head
        head = above
    return head


def part_of(sentence: Sentence, head: int) -> str:
    """Return what part a phrase plays: that of the first it is coordinated with."""
    relation = sentence.tokens[first_of_list(sentence, head)].deprel
    return PARTS.get(relation) or PARTS.get(relation.partition(":")[0], "other")


def heads_clause(sentence: Sentence, word: int) -> bool:
    """Tell whether a word heads a clause."""
    token = sentence.tokens[word]
    if has_relation(token, *CLAUSES):
        return True
    if has_relation(token, "conj") and token.upos in VERBAL:
        return True
    return bool(dependents(sentence, word, "nsubj", "cop"))


def clauses_around(sentence: Sentence, head: int) -> tuple[int, ...]:
    """Return the clauses that a phrase stands in, by head word, the nearest first."""
    above = (word for word in ancestors(sentence, head) if heads_clause(sentence, word))
    return tuple(word for word, _ in zip(above, range(MAX_CLAUSES), strict=False))


def subject_of(sentence: Sentence, clause: int) -> int | None:
    """Return the subject of a clause, its own or the one it shares."""
    for _ in range(MAX_STEPS):
        own = dependents(sentence, clause, "nsubj")
        if own:
            return own[0]
        if not has_relation(sentence.tokens[clause], *SHARED_SUBJECT):
            return None
        above = governor(sentence, clause)
        if above is None:
            return None
        clause = above
    return None


def is_inside(sentence: Sentence, head: int, outer: int) -> bool:
    """Tell whether a word stands in the phrase of `outer`, no clause between."""
    for _ in range(MAX_STEPS):
        if head == outer:
            return True
        if has_relation(sentence.tokens[head], "conj", *CLAUSES):
            return False
        above = governor(sentence, head)
        if above is None:
            return False
        head = above
    return False
