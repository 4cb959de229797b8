"""Find numbers that count something, with their bounds and what they count.

Of a range ("10 to 15 people") `value` is the lower end, and `low` and `high` are both
given. Per cents keep their number (30 per cent is 30, of "percent"); fractions are
below one. Words such as "dozens" stand for the least they can mean, "at least". Dates,
ages, ordinals, scores and numbers inside names are no quantities.
"""

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from onrecord.lexicon.kit import Kit
from onrecord.lexicon.numbers import NumberWords
from onrecord.lexicon.timewords import TimeWords
from onrecord.model.annotation import Modifier, Quantity, Sentence, Timex
from onrecord.model.document import Document
from onrecord.model.span import Span
from onrecord.understand.counted import Row, find_counted
from onrecord.understand.counts import Count, parse_digits, read_count
from onrecord.understand.number_guards import names_something
from onrecord.understand.words import match_phrase, split_words

MAX_MODIFIERS = 2  # "at least some 20"


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A quantity of pieces `first` to `last` (exclusive); its number at `number`."""

    first: int
    number: int
    last: int
    value: float
    low: float | None = None
    high: float | None = None
    of: str | None = None
    modifier: str | None = None


def find_quantities(
    document: Document,
    sentences: tuple[Sentence, ...],
    times: tuple[Timex, ...],
    *,
    kit: Kit,
) -> tuple[Quantity, ...]:
    """Return the quantities of a report, in text order; none overlaps a time."""
    return quantities_in(sentences, times, words=kit.timewords, numbers=kit.numbers)


def quantities_in(
    sentences: tuple[Sentence, ...],
    times: tuple[Timex, ...],
    *,
    words: TimeWords,
    numbers: NumberWords,
) -> tuple[Quantity, ...]:
    """Return the quantities of `sentences`, given the words that tell of them."""
    by_sentence: dict[int, list[Span]] = {}
    for timex in times:
        by_sentence.setdefault(timex.sentence, []).append(timex.span)
    found: list[Quantity] = []
    for number, sentence in enumerate(sentences):
        row = _row(sentence, by_sentence.get(number, ()), words, numbers)
        found += [_quantity(draft, row, number) for draft in _drafts(row)]
    return tuple(found)


def _row(
    sentence: Sentence,
    spans: Sequence[Span],
    timewords: TimeWords,
    numbers: NumberWords,
) -> Row:
    words = split_words(sentence)
    taken = frozenset(
        at
        for at, word in enumerate(words)
        for span in spans
        if word.start < span.end and span.start < word.end
    )
    return Row(
        words=words,
        tokens=sentence.tokens,
        numbers=numbers,
        times=timewords,
        taken=taken,
    )


def _quantity(draft: Draft, row: Row, number: int) -> Quantity:
    words = row.words
    return Quantity(
        span=Span(words[draft.first].start, words[draft.last - 1].end),
        sentence=number,
        value=draft.value,
        low=draft.low,
        high=draft.high,
        of=draft.of,
        modifier=Modifier(draft.modifier or Modifier.EXACT),
    )


def _drafts(row: Row) -> list[Draft]:
    drafts: list[Draft] = []
    at = 0
    while at < len(row.words):
        word = row.words[at]
        if at in row.taken or not (word.is_digit or word.low in row.numbers.openers):
            at += 1
            continue
        draft = _read_draft(row, at)
        if draft is None:
            at = _skip(row, at)
            continue
        drafts.append(draft)
        at = draft.last
    return drafts


def _skip(row: Row, at: int) -> int:
    """Return the place behind a number that counts nothing, or behind one word."""
    count = read_count(row.words, at, row.numbers)
    return max(at + 1, count.end) if count is not None else at + 1


def _read_draft(row: Row, at: int) -> Draft | None:
    """Read modifiers, currency, number or range, unit and noun that begin at `at`."""
    start, modifier = _read_modifiers(row, at)
    between = row.low(start) in row.numbers.between
    start += between
    money = match_phrase(row.words, start, row.numbers.currency)
    number_at = money[0] if money is not None else start
    draft = _read_number(row, at, number_at, between=between)
    if draft is None or any(k in row.taken for k in range(number_at, draft.last)):
        return None
    if modifier is not None:
        draft = replace(draft, modifier=modifier)
    draft = _read_modifier_behind(row, draft)
    if money is not None:
        return replace(draft, of=money[1])
    percent = match_phrase(row.words, draft.last, row.numbers.percent)
    if percent is not None and draft.last not in row.taken:
        return replace(draft, last=percent[0], of=percent[1])
    draft = _add_noun(row, draft)
    plain = draft.first == draft.number
    if names_something(row, draft.number, draft.last, draft.of, plain=plain):
        return None
    return draft


def _read_modifiers(row: Row, at: int) -> tuple[int, str | None]:
    """Return the end and meaning of "at least", "an estimated", "more than about"."""
    modifier: str | None = None
    for _ in range(MAX_MODIFIERS):
        found = match_phrase(row.words, at, row.numbers.modifier)
        if found is None or at in row.taken:
            break
        at = found[0]
        modifier = modifier or found[1]
    return at, modifier


def _read_number(row: Row, first: int, at: int, *, between: bool) -> Draft | None:
    """Read a number, a range, or a fraction at `at`."""
    words, numbers = row.words, row.numbers
    fraction = _read_fraction(row, first, at)
    if fraction is not None:
        return fraction
    pair = match_phrase(words, at, numbers.vague_count)
    count = read_count(words, at, numbers)
    if count is None and pair is not None:
        return Draft(
            first=first, number=at, last=pair[0], value=pair[1], modifier=Modifier.ABOUT
        )
    if count is None:
        return None
    modifier = Modifier.AT_LEAST if count.vague else None
    draft = Draft(
        first=first, number=at, last=count.end, value=count.value, modifier=modifier
    )
    return _read_range(row, draft, count, between=between)


def _read_fraction(row: Row, first: int, at: int) -> Draft | None:
    """Read "two-thirds", "a third of", "half of"."""
    numbers = row.numbers
    low = row.low(at)
    if low in numbers.half and row.low(at + 1) in (*numbers.of, *numbers.skip):
        return Draft(first=first, number=at, last=at + 1, value=numbers.fraction[low])
    count = numbers.cardinal.get(low) or (1.0 if low in numbers.article else None)
    if count is None:
        return None
    part_at = at + 1 + (row.low(at + 1) == "-")
    part = numbers.fraction.get(row.low(part_at))
    of_whole = row.low(part_at + 1) in numbers.of
    if part is None or part == 0.5 or (part_at == at + 1 and not of_whole):
        return None
    value = round(count * part, 3)
    return Draft(first=first, number=at, last=part_at + 1, value=value)


def _read_range(row: Row, draft: Draft, count: Count, *, between: bool) -> Draft | None:
    """Read the upper end of "10 to 15", "10-15", "between 10 and 15 million"."""
    words, numbers = row.words, row.numbers
    joint = row.low(draft.last)
    is_joint = joint in numbers.joint if between else joint in numbers.range
    upper_at = draft.last + 1
    money = match_phrase(words, upper_at, numbers.currency)
    upper_at = money[0] if money is not None else upper_at
    upper = read_count(words, upper_at, numbers) if is_joint else None
    if upper is None:
        return draft
    low = draft.value
    if not count.scaled and upper.scaled:
        low *= _scale_of(row, upper_at, upper)
    if upper.value <= low:
        return None if joint in ("-", "–") and words[draft.last].glued else draft
    return replace(draft, last=upper.end, value=low, low=low, high=upper.value)


def _scale_of(row: Row, at: int, count: Count) -> float:
    """Return what "million" makes of the bare number at `at`."""
    bare = parse_digits(row.words[at].text) or row.numbers.cardinal.get(row.low(at))
    return count.value / bare if bare else 1.0


def _read_modifier_behind(row: Row, draft: Draft) -> Draft:
    """Read "or more", "or so", "+"."""
    at = draft.last + (row.low(draft.last) == "-")
    found = match_phrase(row.words, at, row.numbers.modifier_after)
    if found is None or draft.last in row.taken:
        return draft
    return replace(draft, last=found[0], modifier=found[1])


def _add_noun(row: Row, draft: Draft) -> Draft:
    counted = find_counted(row, draft.number, draft.last, single=draft.value <= 1)
    if counted is None:
        return draft
    last, noun = counted
    return replace(draft, last=last, of=noun)
