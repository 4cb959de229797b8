"""Tell numbers that name, rank or score from numbers that count."""

from onrecord.understand.counted import Row

_HYPHENS = frozenset({"-", "–", "‐", "‑"})
_CLOSERS = frozenset({",", ")"})


def names_something(
    row: Row, number: int, last: int, of: str | None, *, plain: bool
) -> bool:
    """Tell whether the number at `number` counts nothing.

    `last` is the end of the quantity with its noun `of`; `plain`: nothing modifies it.
    """
    word = row.words[number]
    if _is_glued(row, number, last, of) or _is_age(row, number, last, of):
        return True
    if word.low in row.numbers.cardinal and row.numbers.cardinal[word.low] == 1:
        return plain and not _is_counting_one(row, number, of)
    if not word.is_digit:
        return _is_named_word(row, number, of)
    if word.text[0] == "0" and len(word.text) > 1 and word.text[1].isdecimal():
        return True
    if not plain:
        return False
    return _is_labelled(row, number, of) or _is_alone(row, number, last, of)


def _is_glued(row: Row, number: int, last: int, of: str | None) -> bool:
    """Tell whether letters or digits hang on by hyphens: F-16, COVID-19, 555-12-1."""
    words = row.words
    before = number - 1
    if (
        number > 1
        and words[number].glued
        and (words[before].low not in _HYPHENS or words[before].glued)
        and words[before].text not in ("(", "[", '"', "“", "‘", "'", "~", "$", "/")
        and not words[before].low.endswith("$")
        and words[before].low not in row.numbers.currency
    ):
        return True
    if last < len(words) and words[last].glued:
        follower = words[last]
        if follower.text.isalpha() and len(follower.text) == 1:
            return True
        if follower.text in ("/", ":") or follower.low in _HYPHENS:
            behind = words[last + 1 : last + 2]
            if behind and behind[0].glued and of is None:
                return True
            return bool(behind) and behind[0].is_digit
    return False


def _is_age(row: Row, number: int, last: int, of: str | None) -> bool:
    """Tell whether a number is an age or counts a time that is no time of the text."""
    times = row.times
    unit = row.low(last + (row.low(last) in _HYPHENS))
    if unit in times.unit or unit in times.units:
        return True
    if of is not None and (of in times.unit or of in times.units):
        return True
    if row.low(number - 1) in times.aged:
        return True
    return (
        of is None
        and row.low(number - 1) == ","
        and row.low(last) in _CLOSERS
        and row.words[number].text.isdecimal()
        and len(row.words[number].text) == 2
    )


def _is_counting_one(row: Row, number: int, of: str | None) -> bool:
    token = row.tokens[row.words[number].token]
    if token.upos != "X":
        return of is not None and token.deprel.startswith("nummod")
    return (
        of is not None
        and row.low(number - 1) not in row.numbers.one_before
        and row.low(number + 1) not in row.numbers.one_guard
    )


def _is_named_word(row: Row, number: int, of: str | None) -> bool:
    """Tell whether a spelt number is part of a name: "Five Eyes", "Group of Seven"."""
    word = row.words[number]
    if row.tokens[word.token].name_tag.startswith("I-"):
        return True
    if not word.is_capital or number == 0:
        return False
    if row.low(number - 1) in row.numbers.of:
        return of is None
    if number > 1 and row.words[number - 1].is_capital and of is None:
        return True
    follower = row.words[number + 1 : number + 2]
    opens = row.words[number - 1].text in ("“", '"', "(", ":", "—", "–", "-", "‘")
    return bool(follower) and follower[0].is_capital and not opens


def _is_labelled(row: Row, number: int, of: str | None) -> bool:
    """Tell whether the word before makes the number a name: "Resolution 242"."""
    words, numbers = row.words, row.numbers
    if row.tokens[words[number].token].name_tag.startswith("I-"):
        return True
    before = number - 1
    if before < 0:
        return False
    label = row.low(before)
    if label in (".", "#") and before > 0 and words[before].glued:
        label = row.low(before - 1) if label == "." else label
    if label == "#":
        return True
    if label in numbers.label:
        return of is None or words[before].is_capital
    if label in numbers.of and row.low(before - 1) in numbers.label:
        return of is None or words[before - 1].is_capital
    return of is None and before > 0 and words[before].is_capital


def _is_alone(row: Row, number: int, last: int, of: str | None) -> bool:
    """Tell whether a bare number stands as a list mark, in brackets or an address."""
    if of is not None:
        return False
    follower = row.low(last)
    if number == 0 and follower in (".", ")", ":"):
        return True
    if row.low(number - 1) == "(" and follower == ")":
        return True
    return last < len(row.words) and row.words[last].is_capital
