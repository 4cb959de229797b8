"""Learn what each sign of whom a pronoun means counts; write `data/coreference`.

    python -m training.coreference --shared FOLDER

Learns from the chains of GUM's free genres and from events whose party is a pronoun
or description that the annotator named. A log-linear choice: the weights make the
share of the right phrases great; a small square penalty keeps them near nought.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from bench.quality.chains import read_chained
from bench.quality.shared import read_gold_reports
from onrecord.lexicon.coreference import (
    LIKING_COLUMNS,
    LIKINGS_FILE,
    SORTS,
    WEIGHT_COLUMNS,
    WEIGHTS_FILE,
)
from onrecord.lexicon.kit import Kit, load_kit
from onrecord.model.annotation import Sentence
from onrecord.model.document import DateBasis, Document, make_doc_id
from onrecord.read.dates import parse_date
from onrecord.understand.nominals import find_nominals
from onrecord.understand.parse import SentenceCache, parse
from onrecord.understand.reader import Reader, load_reader
from onrecord.understand.sentences import split_sentences
from onrecord.understand.who_coref import Option
from onrecord.understand.who_coref_nouns import DESCRIPTION
from onrecord.understand.who_phrase import Phrase
from training.coreference_gold import Judge, judge_by_chains, judge_by_parties
from training.likings import count_likings

ORIGIN = (
    "# Made by `python -m training.coreference` from GUM's free genres (CC BY,"
    " CC BY-SA, public domain) and the\n"
    "# project's own annotated reports (CC BY 4.0): "
)
PRONOUNS = tuple(sort for sort in SORTS if sort != DESCRIPTION)
LEAST_WEIGHT = 0.005  # a weight nearer to nought is left out
PENALTY = 0.02  # set by the folds of bench.quality.coreference
STEPS = 100
RATE = 0.1
RARE = 4  # examples; a feature seen less often is left out

Annotated = tuple[Document, tuple[Sentence, ...], Judge]


class Example(msgspec.Struct, frozen=True):
    """A marked pronoun: for each option its features, and whether it is right."""

    sort: str
    options: tuple[tuple[str, ...], ...]
    right: tuple[bool, ...]


Examples = Mapping[str, tuple[Example, ...]]


def main() -> None:
    """Count the likings, learn the weights, write both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="folder of the data")
    args = parser.parse_args()
    kit, reader = load_kit(), load_reader()
    texts = tuple(_annotated(args.shared, reader))
    found = ((s, find_nominals(d, s, kit=kit)) for d, s, _ in texts)
    likings = count_likings(found)
    rows = (f"{part}\t{lemma}\t{n}" for (part, lemma), n in likings.items())
    _write(LIKINGS_FILE, "what verbs have beside them.", LIKING_COLUMNS, rows)
    kit = load_kit()
    examples = [e for text in texts for e in collect(*text, kit)]
    weights = learn(examples)
    lines = (
        f"{sort}\t{feature}\t{weight:.3f}"
        for sort, row in weights.items()
        for feature, weight in row.items()
        if abs(weight) >= LEAST_WEIGHT
    )
    what = f"{len(examples)} marked pronouns and descriptions."
    _write(WEIGHTS_FILE, what, WEIGHT_COLUMNS, lines)


def _write(path: Path, what: str, columns: Sequence[str], rows: Iterable[str]) -> None:
    lines = [ORIGIN + what, "\t".join(columns), *rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def collect_all(shared: Path, kit: Kit, reader: Reader) -> Examples:
    """Return the examples of every text that may be learnt from, by source id."""
    return {
        text[0].source_id: collect(*text, kit) for text in _annotated(shared, reader)
    }


def _annotated(shared: Path, reader: Reader) -> Iterator[Annotated]:
    """Yield the texts with who tells what their pronouns stand for."""
    for chained in read_chained(shared):
        sentences = _parsed(chained.document, reader)
        judge = judge_by_chains(chained, sentences)
        yield chained.document, sentences, judge
    for document, events in _reports(shared):
        sentences = _parsed(document, reader)
        yield document, sentences, judge_by_parties(document.text, events, sentences)


def _reports(shared: Path) -> Iterator[tuple[Document, list[dict[str, Any]]]]:
    folder = shared / "data/gold"
    for document in read_gold_reports(shared, "train"):
        path = folder / "train" / f"{document.source_id}.json"
        yield document, json.loads(path.read_text(encoding="utf-8"))["events"]
    for name in ("written.jsonl", "long.jsonl"):
        for line in (folder / name).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            date = parse_date(row["date"]) if row.get("date") else None
            document = Document(
                doc_id=make_doc_id(row["text"], date, None),
                source_id=row["id"],
                text=row["text"],
                date=date,
                date_basis=DateBasis.GIVEN if date else DateBasis.UNKNOWN,
            )
            yield document, row["events"]


def _parsed(document: Document, reader: Reader) -> tuple[Sentence, ...]:
    cuts = split_sentences(document.text, start=document.body_start)
    return parse(document.text, cuts, reader=reader, cache=SentenceCache())


def collect(
    document: Document, sentences: tuple[Sentence, ...], judge: Judge, kit: Kit
) -> tuple[Example, ...]:
    """Return the marked pronouns of a text; each is resolved rightly for the next."""
    found: list[Example] = []

    def choose(pronoun: Phrase, sort: str, options: Sequence[Option]) -> Phrase | None:
        is_right = judge(pronoun)
        if is_right is None:
            return None
        verdicts = [(option, is_right(option.phrase)) for option in options]
        known = [(option, right) for option, right in verdicts if right is not None]
        good = [option for option, right in known if right]
        if not good:
            return None
        if len(known) > 1:
            features = tuple(option.features for option, _ in known)
            found.append(Example(sort, features, tuple(right for _, right in known)))
        return good[0].phrase

    find_nominals(document, sentences, kit=kit, choose=choose)
    return tuple(found)


def learn(examples: Sequence[Example]) -> dict[str, dict[str, float]]:
    """Return the weights by sort.

    Descriptions are learnt apart; of pronouns every feature has a common part and one
    of its sort, "he" and "she" being one.
    """
    described = [e for e in examples if e.sort == DESCRIPTION]
    others = [e for e in examples if e.sort != DESCRIPTION]
    return {**_learn(others, PRONOUNS), **_learn(described, (DESCRIPTION,))}


def _learn(
    examples: Sequence[Example], sorts: Sequence[str]
) -> dict[str, dict[str, float]]:
    names = _known_features(examples)
    parts: dict[tuple[str, str], tuple[int, ...]] = {}
    columns: list[int] = []
    ends: list[int] = []
    starts: list[int] = []
    right: list[bool] = []
    for example in examples:
        starts.append(len(right))
        for features in example.options:
            for feature in features:
                key = example.sort, feature
                if key not in parts:
                    parts[key] = tuple(_columns(names, *key))
                columns += parts[key]
            ends.append(len(columns))
        right += example.right
    weights = _fit(
        np.array(columns),
        np.array(ends),
        np.array(starts),
        np.array(right),
        len(names),
    )
    known = sorted({feature for _, feature in names})
    return {
        sort: {
            feature: float(sum(weights[i] for i in _columns(names, sort, feature)))
            for feature in known
        }
        for sort in sorts
    }


def _columns(
    names: Mapping[tuple[str, str], int], sort: str, feature: str
) -> Iterator[int]:
    for name in (("", feature), (_family(sort), feature)):
        if name in names:
            yield names[name]


def _family(sort: str) -> str:
    """Return the sorts that share their weights: "he" and "she"."""
    return "person" if sort in {"man", "woman"} else sort


def _known_features(examples: Iterable[Example]) -> dict[tuple[str, str], int]:
    seen: Counter[tuple[str, str]] = Counter()
    for example in examples:
        family = _family(example.sort)
        for feature in {f for option in example.options for f in option}:
            seen[family, feature] += 1
            if family != DESCRIPTION:
                seen["", feature] += 1
    kept = sorted(name for name, times in seen.items() if times >= RARE)
    return {name: i for i, name in enumerate(kept)}


def _fit(
    columns: np.ndarray,
    ends: np.ndarray,
    starts: np.ndarray,
    right: np.ndarray,
    size: int,
) -> np.ndarray:
    """Return the weights after `STEPS` steps of Adam on the whole material.

    `columns` are the features of all options; an option's end at its `ends`, an
    example's options begin at its `starts`.
    """
    weights = np.zeros(size)
    first, second = np.zeros(size), np.zeros(size)
    counts = np.diff(ends, prepend=0)
    lengths = np.diff(np.append(starts, len(right)))
    for step in range(1, STEPS + 1):
        behind = np.concatenate(([0.0], np.cumsum(weights[columns])))[ends]
        sums = np.diff(behind, prepend=0.0)
        sums -= np.repeat(np.maximum.reduceat(sums, starts), lengths)
        shares = np.exp(sums)
        given = shares / np.repeat(np.add.reduceat(shares, starts), lengths)
        good = np.where(right, shares, 0.0)
        due = good / np.repeat(np.add.reduceat(good, starts), lengths)
        slope = np.bincount(columns, np.repeat(given - due, counts), size)
        slope = slope / len(starts) + PENALTY * weights / np.sqrt(len(starts))
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope**2
        rise = first / (1 - 0.9**step)
        weights -= RATE * rise / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return weights


if __name__ == "__main__":
    main()
