"""There and back: what a translation to another language and home again does.

Numbers change between words and digits, dates their form, titles their place, verbs
become nouns; names are spelt otherwise when they went through another script.
"""

import datetime as dt
import re
from collections.abc import Iterator
from random import Random

from bench.rewriting.draft import Draft, Sentence, each_sentence, replace_in, words_of
from bench.rewriting.sources import read_rows
from bench.rewriting.words import in_words, number_words

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_MONTH = "|".join(MONTHS)
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}}) ({_MONTH})\b")
_MONTH_FIRST = re.compile(rf"\b({_MONTH}) (\d{{1,2}})\b(?!,? \d{{4}})")
_WEEKDAY = re.compile(
    rf"\bon ({'|'.join(DAYS)})\b(?!,| morning| night| evening| after)"
)
_FUTURE = re.compile(r"\b(?:will|would|to|scheduled|due|expected|plan\w*|next|until)\b")
_NAME_WORD = re.compile(r"\b(?:[Aa]l-)?[A-Z][a-z]{2,}\b")
_DIGITS = re.compile(r"(?<![\d.,:$€£-])\b(\d{1,3})\b(?![\d.,:%-]\d|%|th|st|nd|rd)")
_THOUSANDS = re.compile(r"\b(\d{1,3}),000\b(?!,)")
_NAME = r"((?:[A-Z][\w.'’-]+ ){1,2}[A-Z][\w'’-]+)"


def rephrase_facts(draft: Draft, rng: Random) -> Draft:
    """Return `draft` with its numbers, dates and titles in another form."""

    def change(sentence: Sentence) -> Sentence:
        edits = list(_find_forms(words_of(sentence), draft.date))
        for start, old, new in sorted(edits, reverse=True):
            if rng.random() < 0.8:
                sentence = replace_in(sentence, old, new, start=start)
        return sentence

    return each_sentence(draft, change)


def _find_forms(text: str, date: dt.date) -> Iterator[tuple[int, str, str]]:
    """Yield where something can be put otherwise, the words, and the new words."""
    taken: set[int] = set()
    for start, old, new in (
        *_titles(text),
        *_dates(text, date),
        *_numbers(text),
    ):
        places = set(range(start, start + len(old)))
        if not places & taken:
            taken |= places
            yield start, old, new


def _titles(text: str) -> Iterator[tuple[int, str, str]]:
    for before, after in read_rows("titles.tsv"):
        for match in re.finditer(rf"(?<!\w){re.escape(before)} {_NAME}(?= \w)", text):
            yield match.start(), match.group(), f"{match.group(1)}, {after},"


def _dates(text: str, date: dt.date) -> Iterator[tuple[int, str, str]]:
    for match in _DAY_FIRST.finditer(text):
        yield match.start(), match.group(), f"{match.group(2)} {match.group(1)}"
    for match in _MONTH_FIRST.finditer(text):
        yield match.start(), match.group(), f"{match.group(2)} {match.group(1)}"
    for match in _WEEKDAY.finditer(text):
        back = (date.weekday() - DAYS.index(match.group(1))) % 7
        day = date - dt.timedelta(days=back)
        new = f"on {match.group(1)}, {day.day} {MONTHS[day.month - 1]}"
        if _FUTURE.search(text):
            new = match.group(1)
        yield match.start(), match.group(), new


def _numbers(text: str) -> Iterator[tuple[int, str, str]]:
    for match in _THOUSANDS.finditer(text):
        yield match.start(), match.group(), f"{in_words(int(match[1]))} thousand"
    months = "|".join(MONTHS)
    for match in _DIGITS.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        dated = re.search(rf"(?:{months})\.? $", before) or re.match(
            rf" (?:{months})", after
        )
        if not dated:
            yield match.start(), match.group(), in_words(int(match.group(1)))
    for match in re.finditer(r"(?<![\w-])[a-z]+(?:-[a-z]+)?(?![\w-])", text):
        if (number := number_words().get(match.group())) is not None:
            yield match.start(), match.group(), str(number)


def transliterate(draft: Draft, rng: Random) -> Draft:
    """Return `draft` with names spelt as another language spells them."""

    def change(sentence: Sentence) -> Sentence:
        text = words_of(sentence)
        first = re.search(r"\w", text)
        for match in reversed(list(_NAME_WORD.finditer(text))):
            name = match.group()
            new = _respell(name)
            if new != name and first and match.start() != first.start():
                sentence = replace_in(sentence, name, new, start=match.start())
        return sentence

    return each_sentence(draft, change)


def _respell(name: str) -> str:
    """Return a name after the first rule that fits; months and short names stay."""
    if len(name) < 5 or name in {*MONTHS, *DAYS}:
        return name
    for old, new in read_rows("transliteration.tsv"):
        end = old.removeprefix("-")
        if end != old and name.endswith(end):
            return name.removesuffix(end) + new
        if end == old and old in name:
            return name.replace(old, new, 1)
    return name
