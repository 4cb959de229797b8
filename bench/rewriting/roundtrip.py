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
_WEEKDAY = re.compile(rf"\bon ({'|'.join(DAYS)})\b(?!,)")
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
    for match in re.finditer(r"\b[a-z]+(?:-[a-z]+)?\b", text):
        if (number := number_words().get(match.group())) is not None:
            yield match.start(), match.group(), str(number)


def transliterate(draft: Draft, rng: Random) -> Draft:
    """Return `draft` with names spelt as another language spells them."""
    rules = [(old, new) for old, new in read_rows("transliteration.tsv")]
    spelt: dict[str, str] = {}

    def respell(name: str) -> str:
        if name not in spelt:
            fits = [(o, n) for o, n in rules if o in name and len(name) > 4]
            spelt[name] = name.replace(*fits[0], 1) if fits else name
        return spelt[name]

    def change(sentence: Sentence) -> Sentence:
        text = words_of(sentence)
        first = re.search(r"\w", text)
        found = list(re.finditer(r"\b(?:[Aa]l-)?[A-Z][a-z]{2,}\b", text))
        for match in reversed(found):
            new = respell(match.group())
            if new != match.group() and first and match.start() != first.start():
                sentence = replace_in(sentence, match.group(), new, start=match.start())
        return sentence

    return each_sentence(draft, change)
