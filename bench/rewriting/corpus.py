"""The labelled reports of one half: sources, their copies, and what looks like them."""

import datetime as dt
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random

import msgspec

from bench.rewriting.clauses import Trees
from bench.rewriting.draft import Draft, render
from bench.rewriting.means import HAND, MEANS, Bench, Made, accepted_relations
from bench.rewriting.negatives import fill_templates, make_empty_pages
from bench.rewriting.sources import (
    DATA,
    Half,
    affair_of,
    kind_of,
    read_sources,
)
from bench.rewriting.substitutions import compile_table, read_pairs
from onrecord.model.annotation import Sentence
from onrecord.model.span import Span

REPORTS, LABELS = "reports.jsonl", "labels.jsonl"


class Report(msgspec.Struct, frozen=True, omit_defaults=True):
    """One report as the program is given it."""

    id: str
    date: str
    text: str
    title: str | None = None
    outlet: str | None = None


class Label(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a report.

    `sources` are the reports it holds, its own first; `affairs` what it is about.
    `relations` are those that are right, () for a report that is no copy. `changed`
    are the spans of its text that are not its source's words.
    """

    id: str
    means: str
    sources: tuple[str, ...]
    affairs: tuple[str, ...]
    relations: tuple[str, ...] = ()
    changed: tuple[Span, ...] = ()


class Size(msgspec.Struct, frozen=True, kw_only=True):
    """How much is made: sources (None: all), copies of each, repeats of empty pages."""

    sources: int | None = None
    each: int = 4
    repeats: int = 20
    seed: int = 1
    means: tuple[str, ...] = tuple(MEANS)


Labelled = tuple[Report, Label]


def make_corpus(half: Half, size: Size) -> tuple[Labelled, ...]:
    """Return the labelled reports of a half in an order without meaning."""
    sources = list(read_sources(half))
    Random(size.seed).shuffle(sources)
    sources.sort(key=_rank)
    sources = sources[: size.sources]
    bench = Bench(
        synonyms=compile_table(read_pairs("synonyms.tsv"), half),
        phrases=compile_table(read_pairs("phrases.tsv"), half),
        trees=make_trees(),
        others=tuple(s for s in sources if kind_of(s.source_id) == "source"),
    )
    made = [
        *(_label(Made(s), kind_of(s.source_id)) for s in sources),
        *_make_copies(sources, bench, size),
        *_read_by_hand(sources),
        *_make_others(half, size),
    ]
    Random(size.seed).shuffle(made)
    return tuple(made)


def _rank(source: Draft) -> int:
    """Put what has a copy by hand first, then groups: they are few."""
    if any(row["of"] == source.source_id for row in read_hand_rows()):
        return 0
    return 1 if kind_of(source.source_id) != "source" else 2


@cache
def read_hand_rows() -> tuple[dict[str, str], ...]:
    """Return the copies written by hand, with the sources they are of."""
    lines = (DATA.parent / "by_hand.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(map(json.loads, lines))


def _make_copies(sources: list[Draft], bench: Bench, size: Size) -> Iterator[Labelled]:
    """Yield `each` copies of every source; the means take turns."""
    names = size.means
    for place, source in enumerate(sources):
        for turn in range(min(size.each, len(names))):
            name = names[(place * size.each + turn) % len(names)]
            rng = Random(f"{size.seed}:{name}:{source.source_id}")
            made = MEANS[name](source, bench, rng)
            if made is not None:
                later = dt.timedelta(days=rng.choice((0, 1, 1, 2)))
                draft = msgspec.structs.replace(
                    made.draft,
                    date=max(made.draft.date, source.date) + later,
                    title=None,
                    outlet=f"{name} {rng.randint(1, 9)}",
                )
                yield _label(msgspec.structs.replace(made, draft=draft), name)


def _label(made: Made, means: str) -> Labelled:
    text, changed = render(made.draft)
    own = made.draft.source_id
    report = Report(
        id=own if means not in MEANS else f"{own}-{means}",
        date=made.draft.date.isoformat(),
        text=text,
        title=made.draft.title,
        outlet=made.draft.outlet,
    )
    words = sum(len(span.of(text).split()) for span in changed)
    share = words / max(1, len(text.split()))
    sources = (own, *made.also)
    label = Label(
        id=report.id,
        means=means,
        sources=sources,
        affairs=tuple(dict.fromkeys(affair_of(s) for s in sources)),
        relations=accepted_relations(means, share),
        changed=changed,
    )
    return report, label


def _read_by_hand(sources: list[Draft]) -> Iterator[Labelled]:
    """Yield the copies written by hand of the sources at hand."""
    dates = {s.source_id: s.date for s in sources}
    for row in read_hand_rows():
        if row["of"] not in dates:
            continue
        date = dates[row["of"]] + dt.timedelta(days=1)
        report = Report(id=row["id"], date=date.isoformat(), text=row["text"])
        yield (
            report,
            Label(
                id=row["id"],
                means=HAND,
                sources=(row["of"],),
                affairs=(affair_of(row["of"]),),
                relations=accepted_relations(HAND, 1.0),
            ),
        )


def _make_others(half: Half, size: Size) -> Iterator[Labelled]:
    """Yield reports from templates, pages without a report, reports of one word."""
    rng = Random(f"{size.seed}:{half}")
    for draft in fill_templates(half, rng):
        yield _label(Made(draft), "template")
    for means, page in make_empty_pages(rng, repeats=size.repeats):
        report, label = _label(Made(page), means)
        about = means if means == "boilerplate" else f"word {report.text}"
        yield report, msgspec.structs.replace(label, affairs=(about,))


def make_trees() -> Trees:
    """Return a function that reads a sentence; the model is opened when first used."""
    opened: list[Trees] = []

    def read(text: str) -> tuple[Sentence, ...]:
        if not opened:
            opened.append(_open_trees())
        return opened[0](text)

    return read


def _open_trees() -> Trees:
    from onrecord.understand.parse import SentenceCache, parse
    from onrecord.understand.reader import load_reader
    from onrecord.understand.sentences import split_sentences

    reader, cache = load_reader(), SentenceCache()
    return lambda text: parse(text, split_sentences(text), reader=reader, cache=cache)


def write_corpus(folder: Path, corpus: tuple[Labelled, ...]) -> None:
    """Write the reports and, in a file of their own, the labels."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, column in ((REPORTS, 0), (LABELS, 1)):
        lines = [msgspec.json.encode(row[column]) + b"\n" for row in corpus]
        (folder / name).write_bytes(b"".join(lines))


def read_corpus(folder: Path) -> tuple[Labelled, ...]:
    """Return the labelled reports that `write_corpus` wrote."""
    reports = msgspec.json.Decoder(Report).decode_lines((folder / REPORTS).read_bytes())
    labels = msgspec.json.Decoder(Label).decode_lines((folder / LABELS).read_bytes())
    return tuple(zip(reports, labels, strict=True))
