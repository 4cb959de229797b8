"""One sentence as the grammar of times sees it, and the parts of a date in it."""

import re

import msgspec
from msgspec.structs import replace

from onrecord.lexicon.numbers import NumberWords
from onrecord.lexicon.timewords import TimeWords
from onrecord.model.annotation import Token
from onrecord.understand.times_exprs import Anchor, Calendar, Near
from onrecord.understand.words import Words, low_at, match_phrase

FIRST_YEAR, LAST_YEAR = 1000, 2199  # four digits outside are counts
RECENT = 1500, 2099  # four digits before a plural: "2016 elections" and no count
SHORT_YEAR_TURN = 50  # '49 is 2049's century in a report without a date, '50 1950's
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?", re.IGNORECASE)
_SHORT_YEAR = re.compile(r"['’](\d\d)")
DASHES = frozenset({"-", "–", "—", "‐", "‑"})


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence as the grammar sees it.

    `surnames` are words that this report uses as names of people although they are
    also months; `bc` says that the last year of the report was before our era.
    """

    words: Words
    tokens: tuple[Token, ...]
    times: TimeWords
    numbers: NumberWords
    surnames: frozenset[str] = frozenset()
    bc: bool = False

    def low(self, at: int) -> str:
        """Return the lower-case form of piece `at`, "" outside."""
        return low_at(self.words, at)


Core = tuple[int, Calendar]


def skip_the(line: Line, at: int) -> int:
    """Return the place behind an article at `at`."""
    return at + 1 if line.low(at) in line.times.the else at


def read_day(line: Line, at: int) -> int | None:
    """Return the day of a month written in digits at `at`."""
    if at >= len(line.words):
        return None
    match = _DAY.fullmatch(line.words[at].text)
    return int(match[1]) if match and 0 < int(match[1]) <= 31 else None


def read_year(line: Line, at: int) -> tuple[int, int, bool] | None:
    """Return end, year and whether before our era of the bare year at `at`."""
    words, times = line.words, line.times
    if line.low(at) in times.era and words[at].is_capital:
        follower = at + 1
        if follower < len(words) and words[follower].text.isdecimal():
            year = int(words[follower].text[:5])
            if 0 < year <= LAST_YEAR and times.era[line.low(at)] == "AD":
                return follower + 1, year, False
        return None
    if at >= len(words):
        return None
    text = words[at].text
    if text.isascii() and text.isdecimal() and len(text) <= 4 and int(text) > 0:
        era = times.era.get(line.low(at + 1))
        if era and words[at + 1].is_capital:
            return at + 2, int(text), era == "BC"
        if len(text) == 4 and FIRST_YEAR <= int(text) <= LAST_YEAR:
            return at + 1, int(text), False
    match = _SHORT_YEAR.fullmatch(text)
    if match and not words[at].glued:
        return at + 1, full_year(int(match[1])), False
    return None


def full_year(short: int) -> int:
    return short + (2000 if short < SHORT_YEAR_TURN else 1900)


def read_month(line: Line, at: int, *, beside_number: bool = False) -> int | None:
    """Return the month named at `at`; guarded words need a number beside them."""
    if at >= len(line.words) or not line.words[at].is_capital:
        return None
    low = line.low(at)
    month = line.times.month.get(low)
    if month is None:
        return line.times.month_short.get(low) if beside_number else None
    if beside_number or low not in line.times.month_guarded:
        return month
    return month if _is_month(line, at) else None


def _is_month(line: Line, at: int) -> bool:
    """Tell whether a word that is also a name or a verb is a month here."""
    word = line.words[at]
    token = line.tokens[word.token]
    if token.name_tag.endswith("PER") or token.xpos.startswith(("MD", "VB")):
        return False
    low, before = word.low, line.low(at - 1)
    if low in line.surnames or (at + 1 < len(line.words) and _names(line, at + 1)):
        return False
    if before in line.times.the:
        return line.low(at + 1) not in line.times.year_before
    if line.low(at + 1) in DASHES and line.low(at + 2) in line.times.month:
        return True
    return (
        before in line.times.year_before
        or before in line.times.part
        or before in line.times.shift
        or before in line.times.joiner
        or before in line.times.approx
    )


def _names(line: Line, at: int) -> bool:
    """Tell whether the word at `at` continues a person's name."""
    word = line.words[at]
    return (
        word.is_capital
        and line.words[at - 1].end + 1 == word.start
        and line.tokens[word.token].name_tag.endswith("PER")
    )


def read_near(line: Line, at: int) -> tuple[int, Near] | None:
    """Read "that year", "the same year", "last year", "the year"."""
    start = skip_the(line, at)
    shift = match_phrase(line.words, start, line.times.shift)
    end = shift[0] if shift else start
    if end == at or line.times.unit.get(line.low(end)) != "Y":
        return None
    if shift is None:
        return end + 1, Near(Anchor.CONTEXT, 0)
    return end + 1, parse_near(shift[1])


def parse_near(value: str) -> Near:
    """Return the anchor and step of a `shift` or `offset` value such as R-1."""
    return Near(Anchor(value[0]), int(value[1:]))


def read_year_behind(line: Line, end: int, core: Calendar) -> Core:
    """Add the year that stands behind a month or a day: ", 2014", "of that year"."""
    follower = end + (line.low(end) == ",")
    year = read_year(line, follower)
    if year is not None and (follower == end or _four_digits(line, follower)):
        return year[0], replace(core, year=year[1], bc=year[2])
    if line.low(end) in line.times.of:
        year = read_year(line, end + 1)
        if year is not None:
            return year[0], replace(core, year=year[1], bc=year[2])
        near = read_near(line, end + 1)
        if near is not None:
            return near[0], replace(core, year_near=near[1])
    elif core.month is not None and skip_the(line, end) == end:
        near = read_near(line, end)
        if near is not None and near[1].anchor is Anchor.REPORT:
            return near[0], replace(core, year_near=near[1])
    return end, core


def _four_digits(line: Line, at: int) -> bool:
    return len(line.words[at].text) == 4 and line.words[at].is_digit


def is_year(line: Line, at: int) -> bool:
    """Tell whether four digits are a year and count nothing."""
    words, times, numbers = line.words, line.times, line.numbers
    before, behind = line.low(at - 1), line.low(at + 1)
    if before in times.count_before or before in numbers.currency:
        return False
    if (
        at
        and words[at].glued
        and before in DASHES
        and not (
            at > 1
            and (
                words[at - 2].is_digit
                or before != "-"
                or words[at - 2].low in times.part
            )
        )
    ):
        return False
    if behind in times.count_after or behind in numbers.scale:
        return False
    if at + 2 < len(words) and behind == "-" and words[at + 1].glued:
        joined = line.low(at + 2)
        if words[at + 2].glued and joined in times.unit:
            return False
    token = line.tokens[words[at].token]
    if token.name_tag.startswith("I-") and words[at].text == token.text:
        return before in times.year_before
    if not words[at].text.isdecimal():
        return True  # '99
    if not behind.isalpha() or not is_plural(line, at + 1):
        return True
    year = int(words[at].text)
    return RECENT[0] <= year <= RECENT[1] and year % 100 != 0


def is_plural(line: Line, at: int) -> bool:
    """Tell whether the word at `at` looks like a plural noun that is counted."""
    word = line.words[at]
    token = line.tokens[word.token]
    if token.upos != "X":
        return token.upos == "NOUN" and token.xpos in ("NNS", "X")
    return (
        not word.is_capital
        and len(word.low) > 3
        and (word.low in line.numbers.plural or word.low.endswith("s"))
        and word.low not in line.numbers.not_plural
    )
