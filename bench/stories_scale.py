"""How long collapsing many reports takes, and how much memory.

    python -m bench.stories_scale [--reports 10000,100000] [--processes 2]

Reports are made up: sentences of names, numbers and words drawn by a seeded generator.
Three in ten are copies: exact, with a typing error, cut, or with other words. They are
made first and lie in a file, as those of a run lie in its record. For each size it
prints the seconds and the processor time of each step, microseconds a report, the most
memory held, how many copies were found, and how long it takes to add one report more.
Sizes should grow: memory held for one is not given back before the next.
"""

import argparse
import datetime as dt
import os
import resource
import sys
import time
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from multiprocessing import active_children, get_context
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryFile

from onrecord.collapse import (
    Comparer,
    Crew,
    Fingerprint,
    Lexemes,
    Stories,
    fingerprint,
    fingerprints,
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
MORE = 100  # reports added one by one
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
    return _document(number, text)


def _document(number: int, text: str) -> Document:
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
        self._places[doc_id] = len(self._ends) - 1
        self._ends.append(self._ends[-1] + self._file.write(text.encode()))

    def body_of(self, doc_id: str) -> tuple[str, int]:
        """Return a report's text, and where its body starts."""
        return self._text(self._places[doc_id]), 0

    def documents(self) -> Iterator[Document]:
        """Yield all reports."""
        for number in range(len(self._places)):
            yield _document(number, self._text(number))

    def _text(self, number: int) -> str:
        begin, end = self._ends[number : number + 2]
        self._file.flush()
        return os.pread(self._file.fileno(), end - begin, begin).decode()


class Step:
    """One part of the work: its seconds, and those of processors, children too."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.seconds = self.worked = 0.0

    def __str__(self) -> str:
        return f"{self.name} {self.seconds:.1f} s ({self.worked:.1f} s of processors)"


@contextmanager
def _measured(name: str) -> Iterator[Step]:
    step = Step(name)
    begun, worked = time.perf_counter(), _processor_seconds()
    yield step
    step.seconds = time.perf_counter() - begun
    step.worked = _processor_seconds() - worked


@contextmanager
def _crew(processes: int) -> Iterator[Crew | None]:
    if processes < 2:
        yield None
        return
    with start_crew(processes) as crew:
        yield crew


def _texts(numbers: range) -> list[tuple[str, str]]:
    return [(report.doc_id, report.text) for report in map(make_report, numbers)]


def _make_texts(count: int, processes: int) -> Texts:
    texts = Texts()
    chunks = [range(a, min(a + A_CHUNK, count)) for a in range(0, count, A_CHUNK)]
    with get_context("spawn").Pool(processes) as pool:
        for some in pool.imap(_texts, chunks):
            for doc_id, text in some:
                texts.add(doc_id, text)
    return texts


def _measure(count: int, processes: int) -> None:
    with _measured("made in") as making:
        texts = _make_texts(count, processes)
    with _measured("fingerprints") as printing, _crew(processes) as crew:
        prints = list(_fingerprints(texts.documents(), crew))
    exact_ids = [one.exact_id for one in prints]
    alone = Comparer(_lexemes(), texts.body_of).compare_all
    with _measured("stories") as placing, _crew(processes) as crew:
        together = partial(crew.compare, body_of=texts.body_of) if crew else alone
        stories = Stories(together)
        stories.add(_give_away(prints))
        others = [_most_held(child.pid) for child in active_children()]
    copies = [n for n in range(count) if source_of(n) != n]
    found = sum(
        _story(stories, exact_ids[n]) == _story(stories, exact_ids[source_of(n)])
        for n in copies
    )
    stories.compare_with(alone)
    spans, work = zip(*_add_some(stories, texts, count), strict=True)
    seconds = printing.seconds + placing.seconds
    worked = printing.worked + placing.worked
    print(
        f"{count:>9,} reports ({making})\n    {printing}, {placing}\n"
        f"    {seconds / count * 1e6:.0f} µs a report,"
        f" {worked / count * 1e6:.0f} µs of processors\n"
        f"    {_most_held():,.0f} MiB, and"
        f" {max(others, default=0):,.0f} MiB in each other process\n"
        f"    {found:,} of {len(copies):,} copies found\n"
        f"    one more in {median(spans) * 1e3:.1f} ms, at worst"
        f" {max(spans) * 1e3:.1f} ms ({median(work) * 1e3:.1f} and"
        f" {max(work) * 1e3:.1f} ms of a processor)",
        flush=True,
    )


def _fingerprints(
    documents: Iterator[Document], crew: Crew | None
) -> Iterator[Fingerprint]:
    if crew:
        return crew.fingerprints(documents)
    return fingerprints(documents, _lexemes())


def _processor_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _most_held(pid: int | str | None = "self") -> float:
    """Return the MiB of memory that a process held at most."""
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def _give_away(prints: list[Fingerprint]) -> Iterator[Fingerprint]:
    """Yield fingerprints and keep none: a run reads them from its record too."""
    prints.reverse()
    while prints:
        yield prints.pop()


def _story(stories: Stories, exact_id: str) -> str:
    return stories.exact_id_of(stories.place_of(exact_id).original)


def _add_some(
    stories: Stories, texts: Texts, count: int
) -> Iterator[tuple[float, float]]:
    """Yield the seconds that each of some more reports takes, and of a processor."""
    for number in range(count, count + MORE):
        report = make_report(number)
        texts.add(report.doc_id, report.text)
        begun, worked = time.perf_counter(), time.process_time()
        stories.add([fingerprint(report, _lexemes())])
        yield time.perf_counter() - begun, time.process_time() - worked


if __name__ == "__main__":
    sys.exit(main())
