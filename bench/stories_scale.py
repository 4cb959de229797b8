"""How long collapsing many reports takes, and how much memory.

    python -m bench.stories_scale [--reports 10000,100000] [--processes 2]

Reports are made up: sentences of names, numbers and words drawn by a seeded generator.
Three in ten are copies: exact, with a typing error, cut, or with other words. For each
size it prints the seconds of each step, microseconds a report, the most memory held,
how many copies were found, and how long it takes to add one report more.
"""

import argparse
import datetime as dt
import os
import resource
import sys
import time
from array import array
from collections.abc import Iterator
from functools import lru_cache, partial
from itertools import islice
from multiprocessing import get_context
from random import Random
from tempfile import TemporaryFile

from onrecord.collapse import (
    Comparer,
    Fingerprint,
    Lexemes,
    Stories,
    fingerprint,
    load_story_words,
    start_crew,
)
from onrecord.model.document import DateBasis, Document, make_doc_id

START = dt.date(2020, 1, 1)
DAYS = 1_000
COPIES = 0.3
BACK = 400  # reports between a copy and its original, at most
SENTENCES = 12
A_CHUNK = 500
ENDINGS = ("an", "ov", "er", "ski", "ez", "ia", "ton", "berg", "ur", "in")
PARTS = ("ka", "ro", "mi", "ten", "sal", "vo", "dri", "lu", "pe", "zan", "gor", "bel")
FRAMES = (
    "{a} told reporters in {p} on {d} that {n} people had left the {w} area",
    "the {w} ministry said {a} and {b} would meet in {p} before the {w}",
    "officials said the {w} cost {n} million and the {w} would continue",
    "{b} criticised the {w} and asked the {w} council of {p} for an answer",
    "“we will not leave the {w} while the {w} of {p} is open,” {a} said",
    "troops moved from {p} to the {w} border after {n} hours of {w} talks",
)
OTHER = {"told": "informed", "said": "stated", "asked": "requested", "left": "departed"}
CHILDREN = resource.RUSAGE_CHILDREN
NOUNS = tuple(
    f"{a}{b}{c}" for a in PARTS for b in PARTS for c in ("t", "ls", "nd", "m")
)
WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def main() -> int:
    """Collapse made-up reports of each size and print a line for it."""
    parser = argparse.ArgumentParser(prog="python -m bench.stories_scale")
    parser.add_argument("--reports", default="10000,100000")
    parser.add_argument("--processes", type=int, default=2)
    args = parser.parse_args()
    for count in map(int, args.reports.split(",")):
        _measure(count, args.processes)
    return 0


def make_report(number: int) -> Document:
    """Return the report of a number; the same in every process."""
    rng = Random(number)
    source, how = number, ""
    if number > BACK and rng.random() < COPIES:
        source = _original(number - rng.randint(1, BACK))
        how = rng.choice(("exact", "typed", "cut", "words"))
    text = _text(source)
    if how == "typed":
        text = text.replace("said", "siad", 2)
    elif how == "cut":
        text = text[: text.index(". ", len(text) // 2) + 1]
    elif how == "words":
        text = " ".join(OTHER.get(word, word) for word in text.split(" "))
    date = START + dt.timedelta(days=number * DAYS // 1_000_000)
    outlet = f"outlet {number}"
    return Document(
        doc_id=make_doc_id(text, date, outlet),
        source_id=str(number),
        text=text,
        date=date,
        date_basis=DateBasis.GIVEN,
        outlet=outlet,
    )


def source_of(number: int) -> int:
    """Return the number of the report that a report copies, or its own."""
    rng = Random(number)
    if number > BACK and rng.random() < COPIES:
        return _original(number - rng.randint(1, BACK))
    return number


def _original(number: int) -> int:
    while source_of(number) != number:
        number -= 1
    return number


def _text(number: int) -> str:
    rng = Random(-number - 1)
    people = [_name(rng) for _ in range(4)]
    places = [_name(rng) for _ in range(3)]
    sentences = []
    for _ in range(SENTENCES):
        sentence = rng.choice(FRAMES)
        for slot in ("{w}",) * sentence.count("{w}"):
            sentence = sentence.replace(slot, rng.choice(NOUNS), 1)
        sentence = sentence.format(
            a=rng.choice(people),
            b=rng.choice(people),
            p=rng.choice(places),
            d=rng.choice(WEEK),
            n=rng.randint(2, 9_999),
        )
        sentences.append(sentence[0].upper() + sentence[1:] + ".")
    return " ".join(sentences)


def _name(rng: Random) -> str:
    return (rng.choice(PARTS) + rng.choice(PARTS) + rng.choice(ENDINGS)).capitalize()


@lru_cache(1)
def _lexemes() -> Lexemes:
    return Lexemes(load_story_words())


class Texts:
    """The texts of all reports in a file, as a record would have them."""

    def __init__(self) -> None:
        self._file = TemporaryFile()  # noqa: SIM115  # ends with the object
        self._places: dict[str, int] = {}
        self._ends = array("Q", [0])

    def add(self, doc_id: str, text: str) -> None:
        """Keep the text of a report."""
        self._places[doc_id] = len(self._ends)
        self._ends.append(self._ends[-1] + self._file.write(text.encode()))

    def body_of(self, doc_id: str) -> tuple[str, int]:
        """Return a report's text, and where its body starts."""
        place = self._places[doc_id]
        begin, end = self._ends[place - 1 : place + 1]
        self._file.flush()
        return os.pread(self._file.fileno(), end - begin, begin).decode(), 0


Printed = list[tuple[Fingerprint, str]]


def _prints(numbers: range) -> Printed:
    reports = map(make_report, numbers)
    return [(fingerprint(report, _lexemes()), report.text) for report in reports]


def _all_prints(count: int, processes: int) -> Iterator[tuple[Fingerprint, str]]:
    chunks = [range(a, min(a + A_CHUNK, count)) for a in range(0, count, A_CHUNK)]
    if processes < 2:
        for chunk in chunks:
            yield from _prints(chunk)
        return
    with get_context("spawn").Pool(processes) as pool:
        for prints in pool.imap(_prints, chunks):
            yield from prints


def _measure(count: int, processes: int) -> None:
    worked = _cpu_seconds()
    begun = time.perf_counter()
    texts, prints = Texts(), []
    for one, text in _all_prints(count, processes):
        texts.add(one.doc_id, text)
        prints.append(one)
    exact_ids = [one.exact_id for one in prints]
    printed = time.perf_counter()
    compare = Comparer(_lexemes(), texts.body_of).compare
    if processes < 2:
        stories = Stories(compare)
        stories.add(_give_away(prints))
    else:
        with start_crew(processes) as crew:
            ahead = partial(crew.compare, body_of=texts.body_of)
            stories = Stories(compare, ahead=ahead)
            stories.add(_give_away(prints))
    placed = time.perf_counter()
    worked = _cpu_seconds() - worked
    copies = [n for n in range(count) if source_of(n) != n]
    found = sum(
        _story(stories, exact_ids[n]) == _story(stories, exact_ids[source_of(n)])
        for n in copies
    )
    single = _add_one(stories, texts, count)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{count:>9,} reports: fingerprints {printed - begun:.1f} s, stories"
        f" {placed - printed:.1f} s, {(placed - begun) / count * 1e6:.0f} µs a report"
        f" ({worked / count * 1e6:.0f} µs of processor time with making it),"
        f" {memory:,.0f} MiB, {found:,} of {len(copies):,} copies found,"
        f" one more in {single * 1e3:.1f} ms",
        flush=True,
    )


def _cpu_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _give_away(prints: list[Fingerprint]) -> Iterator[Fingerprint]:
    """Yield fingerprints and keep none: a run reads them from its record too."""
    prints.reverse()
    while prints:
        yield prints.pop()


def _story(stories: Stories, exact_id: str) -> str:
    return stories.exact_id_of(stories.place_of(exact_id).original)


def _add_one(stories: Stories, texts: Texts, count: int) -> float:
    """Return the seconds that one report more takes, the median of nine copies."""
    more = islice((n for n in range(count, 2 * count) if source_of(n) != n), 9)
    spans = []
    for number in more:
        report = make_report(number)
        texts.add(report.doc_id, report.text)
        begun = time.perf_counter()
        stories.add([fingerprint(report, _lexemes())])
        spans.append(time.perf_counter() - begun)
    return sorted(spans)[len(spans) // 2]


if __name__ == "__main__":
    sys.exit(main())
