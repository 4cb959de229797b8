"""Views of a sentence's dependency tree; safe on any tree, however broken."""

from collections.abc import Sequence

from onrecord.model.annotation import Sentence, Token
from onrecord.model.span import Span


def dependents(sentence: Sentence, token: int, *relations: str) -> tuple[int, ...]:
    """Return the dependents of a word, only those of `relations` when any are given.

    A relation without subtype matches its subtypes as well ("nsubj" and "nsubj:pass").
    """
    found = sentence.children[token]
    if not relations:
        return found
    return tuple(i for i in found if has_relation(sentence.tokens[i], *relations))


def has_relation(token: Token, *relations: str) -> bool:
    """Tell whether a word stands in one of `relations`, subtypes included."""
    base = token.deprel.partition(":")[0]
    return token.deprel in relations or base in relations


def governor(sentence: Sentence, token: int) -> int | None:
    """Return the word that `token` depends on, or None for a root."""
    head = sentence.tokens[token].head
    if not 0 < head <= len(sentence.tokens) or head - 1 == token:
        return None
    return head - 1


def subtree(
    sentence: Sentence, token: int, *, without: frozenset[int] = frozenset()
) -> tuple[int, ...]:
    """Return `token` and all words below it, in text order, leaving out `without`.

    Nothing below a word of `without` is returned either.
    """
    seen = {token}
    stack = [token]
    while stack:
        for child in sentence.children[stack.pop()]:
            if child not in seen and child not in without:
                seen.add(child)
                stack.append(child)
    return tuple(sorted(seen))


def ancestors(sentence: Sentence, token: int) -> tuple[int, ...]:
    """Return the words above `token`, nearest first; stops at a cycle."""
    found: list[int] = []
    above = governor(sentence, token)
    while above is not None and above not in found:
        found.append(above)
        above = governor(sentence, above)
    return tuple(found)


def longest_run(
    sentence: Sentence, tokens: Sequence[int], *, trim: frozenset[str] = frozenset()
) -> Span | None:
    """Return the range of the longest contiguous run of `tokens` (sorted).

    Punctuation and the lower-cased words of `trim` are taken off both ends.
    """
    runs: list[list[int]] = []
    for i in tokens:
        if runs and i == runs[-1][-1] + 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    best: Span | None = None
    for run in runs:
        words = [sentence.tokens[i] for i in run]
        while words and _trimmed(words[0], trim):
            words.pop(0)
        while words and _trimmed(words[-1], frozenset()):
            words.pop()
        if not words:
            continue
        span = Span(words[0].start, words[-1].end)
        if best is None or span.end - span.start > best.end - best.start:
            best = span
    return best


def _trimmed(token: Token, trim: frozenset[str]) -> bool:
    return token.upos == "PUNCT" or token.text.lower() in trim


def tokens_in(sentence: Sentence, span: Span) -> tuple[int, ...]:
    """Return the words that share a code point with `span`, 0-based."""
    return tuple(
        i
        for i, token in enumerate(sentence.tokens)
        if token.start < span.end and span.start < token.end
    )
