"""Where a copy's words depart from its original's, word by word."""

from collections.abc import Iterator, Sequence

from rapidfuzz.distance import LCSseq
from rapidfuzz.fuzz import ratio

from onrecord.collapse.knowledge import StoryWords
from onrecord.collapse.lexemes import Kind
from onrecord.collapse.words import Word
from onrecord.model.span import Span
from onrecord.model.story import Change, Drift

Block = tuple[Sequence[Word], Sequence[Word]]  # of the original, of the copy
ONE_BY_ONE = 4  # words
ALIKE = 60.0  # in a hundred: two spellings of a name


def find_blocks(original: Sequence[Word], copy: Sequence[Word]) -> tuple[Block, ...]:
    """Return what differs between two rows of words, in order.

    Words of one form, or of one meaning, hold the rows together; where a word of one
    meaning has another form, it is a difference too.
    """
    theirs = [w.thing for w in original]
    mine = [w.thing for w in copy]
    blocks: list[Block] = []
    at = other = 0  # all before is told
    for same in LCSseq.editops(theirs, mine).as_matching_blocks():
        o1, o2 = same.a, same.a + same.size
        c1, c2 = same.b, same.b + same.size
        blocks += _split(original[at:o1], copy[other:c1])
        blocks += [
            ((o,), (c,))
            for o, c in zip(original[o1:o2], copy[c1:c2], strict=True)
            if o.lexeme.word != c.lexeme.word and o.lexeme.folded != c.lexeme.folded
        ]
        at, other = o2, c2
    blocks += _split(original[at:], copy[other:])
    return tuple(blocks)


def _split(original: Sequence[Word], copy: Sequence[Word]) -> list[Block]:
    """Return a difference word by word where as many words stand on both sides."""
    if not original and not copy:
        return []
    if len(original) == len(copy) <= ONE_BY_ONE:
        return [((o,), (c,)) for o, c in zip(original, copy, strict=True)]
    return [(original, copy)]


def changes_of(block: Block, table: StoryWords) -> tuple[Change, ...]:
    """Return what a difference changes beyond the words."""
    found = set(_changes(block, table))
    return tuple(change for change in Change if change in found)


def drift_of(blocks: Sequence[Block], table: StoryWords) -> Iterator[Drift]:
    """Yield the differences as spans of the two texts."""
    for block in blocks:
        original, copy = block
        yield Drift(
            original=span_of(original),
            copy=span_of(copy),
            changes=changes_of(block, table),
        )


def span_of(words: Sequence[Word]) -> Span | None:
    """Return the range from the first to the last of some words."""
    return Span(words[0].start, words[-1].end) if words else None


def _changes(block: Block, table: StoryWords) -> Iterator[Change]:
    original, copy = block
    if numbers_of(original) - numbers_of(copy):
        yield Change.NUMBER
    if denials_of(original, table) != denials_of(copy, table):
        yield Change.NEGATION
    if original and copy and names_differ(original, copy):
        yield Change.NAME
    for one in original:
        for other in copy:
            pair = sorted((one.lexeme.folded, other.lexeme.folded))
            kind = table.meaning.get((pair[0], pair[1]))
            if kind:
                yield Change(kind)


def numbers_of(words: Sequence[Word]) -> set[str]:
    """Return the numbers among some words."""
    return {w.value for w in words if w.value is not None}


def denials_of(words: Sequence[Word], table: StoryWords) -> int:
    """Return how often some words deny."""
    if not any(w.lexeme.denying for w in words):
        return 0
    text = f" {' '.join(w.lexeme.folded for w in words)} "
    return (
        negations_of(words)
        + sum(text.count(f" {phrase} ") for phrase in table.denying)
        - sum(text.count(f" {phrase} ") for phrase in table.granting)
    )


def negations_of(words: Sequence[Word]) -> int:
    """Return how many of some words are negations."""
    return sum(w.lexeme.kind is Kind.NEGATION for w in words)


def names_differ(original: Sequence[Word], copy: Sequence[Word]) -> bool:
    """Tell whether both sides have names and none is a spelling of another."""
    theirs = {w.lexeme.folded for w in original if w.name}
    mine = {w.lexeme.folded for w in copy if w.name}
    return bool(theirs and mine) and not any(
        ratio(one, other) >= ALIKE for one in theirs for other in mine
    )
