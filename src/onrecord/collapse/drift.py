"""Where a copy's words depart from its original's, word by word."""

from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz.distance import LCSseq

from onrecord.collapse.lexemes import Kind
from onrecord.collapse.prepare import thing_of
from onrecord.collapse.words import Word
from onrecord.model.span import Span
from onrecord.model.story import Change, Drift

Meaning = Mapping[tuple[str, str], str]
Block = tuple[Sequence[Word], Sequence[Word]]  # of the original, of the copy
ALIKE = 4  # letters that two spellings of a name begin with


def find_blocks(original: Sequence[Word], copy: Sequence[Word]) -> tuple[Block, ...]:
    """Return what differs between two rows of words, in order.

    Words of one form, or of one meaning, hold the rows together; where a word of one
    meaning has another form, it is a difference too.
    """
    theirs = [thing_of(w) for w in original]
    mine = [thing_of(w) for w in copy]
    blocks: list[Block] = []
    at = other = 0  # all before is told
    for same in LCSseq.editops(theirs, mine).as_matching_blocks():
        o1, o2 = same.a, same.a + same.size
        c1, c2 = same.b, same.b + same.size
        if o1 > at or c1 > other:
            blocks.append((original[at:o1], copy[other:c1]))
        blocks += [
            ((o,), (c,))
            for o, c in zip(original[o1:o2], copy[c1:c2], strict=True)
            if o.lexeme.word != c.lexeme.word and o.lexeme.folded != c.lexeme.folded
        ]
        at, other = o2, c2
    if len(original) > at or len(copy) > other:
        blocks.append((original[at:], copy[other:]))
    return tuple(blocks)


def changes_of(block: Block, meaning: Meaning) -> tuple[Change, ...]:
    """Return what a difference changes beyond the words."""
    return tuple(c for c in Change if c in set(_changes(block, meaning)))


def drift_of(blocks: Sequence[Block], meaning: Meaning) -> Iterator[Drift]:
    """Yield the differences as spans of the two texts."""
    for block in blocks:
        original, copy = block
        yield Drift(
            original=span_of(original),
            copy=span_of(copy),
            changes=changes_of(block, meaning),
        )


def span_of(words: Sequence[Word]) -> Span | None:
    """Return the range from the first to the last of some words."""
    return Span(words[0].start, words[-1].end) if words else None


def _changes(block: Block, meaning: Meaning) -> Iterator[Change]:
    original, copy = block
    if numbers_of(original) - numbers_of(copy):
        yield Change.NUMBER
    if negations_of(original) != negations_of(copy):
        yield Change.NEGATION
    if original and copy and names_differ(original, copy):
        yield Change.NAME
    for one in original:
        for other in copy:
            pair = sorted((one.lexeme.folded, other.lexeme.folded))
            kind = meaning.get((pair[0], pair[1]))
            if kind:
                yield Change(kind)


def numbers_of(words: Sequence[Word]) -> set[str]:
    """Return the numbers among some words; a number before its scale is not one."""
    found = set()
    for at, word in enumerate(words):
        after = words[at + 1] if at + 1 < len(words) else None
        if word.value is None or (
            after and after.lexeme.kind is Kind.SCALE and after.value is not None
        ):
            continue
        found.add(word.value)
    return found


def negations_of(words: Sequence[Word]) -> int:
    """Return how many of some words deny."""
    return sum(w.lexeme.kind is Kind.NEGATION for w in words)


def names_differ(original: Sequence[Word], copy: Sequence[Word]) -> bool:
    """Tell whether both sides have names and none is a spelling of another."""
    theirs = {w.lexeme.folded for w in original if w.name}
    mine = {w.lexeme.folded for w in copy if w.name}
    return bool(theirs and mine) and not any(
        one[:ALIKE] == other[:ALIKE] for one in theirs for other in mine
    )
