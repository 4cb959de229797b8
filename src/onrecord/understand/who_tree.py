"""Noun phrases of a parsed sentence: their heads, their words, names inside them."""

from collections.abc import Collection

from onrecord.model.annotation import Sentence, Token
from onrecord.model.span import Span
from onrecord.model.tree import governor, has_relation

NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
STAND_IN = frozenset({"NUM", "ADJ", "DET", "X"})  # "two", "the wounded", "those"
ARGUMENT = ("nsubj", "obj", "iobj", "obl", "nmod", "conj", "appos", "root", "vocative")
INSIDE_NAME = (
    "flat",
    "compound",
    "fixed",
    "goeswith",
    "list",
    "dep",
    "reparandum",
    "nmod:desc",
)
NO_PARTY = ("expl", "obl:unmarked", "nmod:unmarked", "obl:tmod", "nmod:tmod")
KEPT = ("det", "amod", "compound", "flat", "fixed", "nummod", "nmod", "goeswith")


def phrase_heads(sentence: Sentence, names: Collection[int]) -> tuple[int, ...]:
    """Return the words that head a noun phrase; `names` are heads of names.

    Pronouns that only fill a place ("it rained") and bare times are left out.
    """
    return tuple(
        i
        for i, token in enumerate(sentence.tokens)
        if i in names or _heads_phrase(sentence, i, token)
    )


def _heads_phrase(sentence: Sentence, i: int, token: Token) -> bool:
    if token.deprel in NO_PARTY:
        return False
    if token.upos in NOMINAL:
        return not has_relation(token, *INSIDE_NAME) or _is_astray(sentence, i)
    if token.upos == "NUM":
        return has_relation(token, "nsubj", "obj")
    return token.upos in STAND_IN and has_relation(token, "nsubj", "obj", "obl", "conj")


def _is_astray(sentence: Sentence, i: int) -> bool:
    """Tell whether a word inside a name hangs on no noun: the parse is broken there."""
    above = governor(sentence, i)
    return above is None or sentence.tokens[above].upos not in NOMINAL


def phrase_tokens(sentence: Sentence, head: int) -> range:
    """Return the words of the phrase around `head`, without what follows a break.

    Relative clauses, appositions, other conjuncts and the phrase's own preposition
    stay out; so do words that do not stand together with the head.
    """
    kept = {head}
    stack = [c for c in sentence.children[head] if _belongs(sentence.tokens[c], True)]
    while stack:
        token = stack.pop()
        if token in kept:
            continue
        kept.add(token)
        stack += [
            c for c in sentence.children[token] if _belongs(sentence.tokens[c], False)
        ]
    first = last = head
    while first > 0 and _joins(sentence, first - 1, kept):
        first -= 1
    while last + 1 < len(sentence.tokens) and _joins(sentence, last + 1, kept):
        last += 1
    while first < head and _is_edge(sentence.tokens[first]):
        first += 1
    while last > head and _is_edge(sentence.tokens[last]):
        last -= 1
    return range(first, last + 1)


def _is_edge(token: Token) -> bool:
    """Tell whether a word at the rim is no part of a phrase: marks, prepositions."""
    joint = has_relation(token, "case", "cc") and token.upos != "PART"
    return token.upos == "PUNCT" or joint


def _belongs(token: Token, direct: bool) -> bool:
    """Tell whether a dependent is part of the phrase."""
    if has_relation(token, *KEPT):
        return token.deprel not in NO_PARTY
    if direct:
        return False
    return has_relation(token, "case", "conj", "cc", "advmod", "appos", "mark", "obl")


def _joins(sentence: Sentence, token: int, kept: Collection[int]) -> bool:
    """Tell whether a neighbouring word is of the phrase, or a mark inside it."""
    if token in kept:
        return True
    word = sentence.tokens[token]
    if word.upos != "PUNCT" and not has_relation(word, "case"):
        return False
    above = governor(sentence, token)
    return above in kept and word.text in {"-", "‑", "–", ".", "“", "”", '"', "'", "’"}


def as_span(sentence: Sentence, tokens: range) -> Span:
    """Return the range of text that `tokens` cover."""
    return Span(sentence.tokens[tokens[0]].start, sentence.tokens[tokens[-1]].end)


def top_of(sentence: Sentence, tokens: range) -> int:
    """Return the word of `tokens` that hangs on a word outside them.

    Of several the one that heads a phrase counts, else the last.
    """
    tops = [i for i in tokens if governor(sentence, i) not in tokens]
    heads = [i for i in tops if not has_relation(sentence.tokens[i], *INSIDE_NAME)]
    return (heads or tops or list(tokens))[-1]


def tagged_names(sentence: Sentence) -> dict[int, tuple[range, str]]:
    """Return, for each word of a name that the reader tagged, its words and kind."""
    found: dict[int, tuple[range, str]] = {}
    start = 0
    tokens = sentence.tokens
    for i, token in enumerate(tokens):
        kind = token.name_tag[2:]
        if not kind:
            continue
        goes_on = (
            token.name_tag.startswith("I-") and i and tokens[i - 1].name_tag[2:] == kind
        )
        start = start if goes_on else i
        name = range(start, i + 1)
        found.update((word, (name, kind)) for word in name)
    return found
