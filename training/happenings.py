"""Fit the weights by which tellings of two reports are held for one happening.

    python -m training.happenings

Learns from `annotations/told_twice.jsonl` and from the half of `gold/told_twice.jsonl`
to tune on: stories that two reports each tell, with labels of which mentions are one
happening; and from `annotations/told_demo.jsonl`, which labels the reports of the
demonstration: many reports of one crisis, most of whose acts are alike and not the
same. The tellings that the program finds in them are one happening where labelled
mentions in them are; all other pairs of one status that share a key, of one story or of
two, are the other class. `--folds` leaves stories out in turn and says how well the
rest tells theirs apart.
"""

import argparse
import datetime as dt
import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import Any

import msgspec
import torch

from onrecord.collapse import Lexemes, load_story_words
from onrecord.collapse.happenings import WEIGHTS, Neighbours, collapse_tellings
from onrecord.collapse.profile import make_profiles
from onrecord.collapse.same import Features, lay_out, pair_features
from onrecord.lexicon.files import DATA
from onrecord.lexicon.kit import load_kit
from onrecord.model.document import DateBasis, Document, make_doc_id
from onrecord.model.event import Event
from onrecord.model.happening import Profile
from onrecord.pipeline import process
from onrecord.read import read_reports
from onrecord.records import event_record
from onrecord.store.rows import event_row
from onrecord.understand.parse import SentenceCache
from onrecord.understand.reader import load_reader
from training.loglinear import write_weights

HERE = Path(__file__).parent
TOLD = (
    HERE / "annotations" / "told_twice.jsonl",
    HERE / "annotations" / "told_demo.jsonl",
    HERE.parent / "gold" / "told_twice.jsonl",
)
HALVES = ("train", "tune")  # never what is held out
SOURCE = "Fitted by `python -m training.happenings` on its stories told twice."
PENALTY = 3.0  # of the square of a weight, for a feature that varies by one
UNSURE = 0.5  # weight of a pair with a telling that no label speaks of
OFTEN = 20  # pairs; those of a happening that has more count for as many in all
STEPS = 1200


class Told(msgspec.Struct, frozen=True):
    """What a report tells of one happening, and the labelled ones it belongs to.

    Two that share a doubt may be one happening or not.
    """

    profile: Profile
    labels: frozenset[str]
    doubts: frozenset[str]
    story: str


class Pair(msgspec.Struct, frozen=True):
    """Two tellings, by number: what they share, and whether they are one happening."""

    one: int
    other: int
    features: Features
    same: bool
    weight: float


Pairs = list[tuple[Told, Told]]


def main() -> None:
    """Fit and write the table, or try how it does on stories left out."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--output", type=Path, default=WEIGHTS)
    parser.add_argument("--folds", type=int, help="try on stories left out, write none")
    args = parser.parse_args()
    told = list(read_told(read_stories()))
    if args.folds:
        print(show("left out", *try_folds(told, args.folds)))
        return
    weights = fit(list(pairs_of(told)))
    print(show("fitted", merged_pairs(told, weights), due_pairs(told)))
    write_weights(args.output, weights, SOURCE)


def read_stories() -> Iterator[Mapping[str, Any]]:
    """Yield the stories that may be learnt from."""
    for path in TOLD:
        with path.open(encoding="utf-8") as stream:
            yield from (s for s in map(json.loads, stream) if s["half"] in HALVES)


def read_told(stories: Iterable[Mapping[str, Any]]) -> Iterator[Told]:
    """Yield what the program finds told in each report, with labels."""
    kit, reader, lexemes = load_kit(), load_reader(), Lexemes(load_story_words())
    for story in stories:
        for document in read_documents(story):
            coded = process(document, kit=kit, reader=reader, cache=SentenceCache())
            rows = [
                event_row(
                    event_record(e, document, ontology=kit.ontology, story_id=None)
                )
                for e in coded.events
            ]
            date = document.date
            for profile in make_profiles(rows, date=date, lexemes=lexemes):
                events = [e for e in coded.events if e.telling_id == profile.telling_id]
                mentioned = partial(_mentioned, events, report=document.source_id)
                happenings = [one["mentions"] for one in story["happenings"]]
                yield Told(
                    profile=profile,
                    labels=frozenset(mentioned(story["id"], happenings)),
                    doubts=frozenset(mentioned(story["id"], story.get("unsure", []))),
                    story=story["id"],
                )


def read_documents(story: Mapping[str, Any]) -> Iterator[Document]:
    """Yield the reports of a story: those given, or some (`only`) of our own file."""
    reports = story["reports"]
    if isinstance(reports, str):
        for found in read_reports([str(DATA / reports)]):
            if found.source_id in story["only"] and isinstance(found, Document):
                yield found
        return
    for given in reports:
        date = dt.date.fromisoformat(given["date"])
        yield Document(
            doc_id=make_doc_id(given["text"], date, given["outlet"]),
            source_id=given["id"],
            text=given["text"],
            date=date,
            date_basis=DateBasis.GIVEN,
            outlet=given["outlet"],
        )


def _mentioned(
    events: Sequence[Event],
    name: str,
    happenings: Iterable[Sequence[Mapping[str, Any]]],
    *,
    report: str,
) -> Iterator[str]:
    """Yield the happenings whose labelled mentions share words with the triggers."""
    for number, mentions in enumerate(happenings):
        for mention in mentions:
            if mention["report"] == report and any(
                mention["start"] < event.trigger.end
                and event.trigger.start < mention["end"]
                for event in events
            ):
                yield f"{name} {number}"


def pairs_of(told: Sequence[Told]) -> Iterator[Pair]:
    """Yield the pairs of tellings of two reports that share a key and a status."""
    number = {one.profile.telling_id: at for at, one in enumerate(told)}
    neighbours = Neighbours(one.profile for one in told)
    sides = [lay_out(one.profile) for one in told]
    often = Counter(label for one in told for label in one.labels)
    for at, one in enumerate(told):
        for found in neighbours.of(one.profile):
            other = number[found.telling_id]
            if at < other and one.profile.status is found.status:
                yield Pair(
                    one=at,
                    other=other,
                    features=pair_features(sides[at], sides[other]),
                    same=not one.labels.isdisjoint(told[other].labels),
                    weight=_weight(one, told[other], often),
                )


def _weight(one: Told, other: Told, often: Mapping[str, int]) -> float:
    """Return how much a pair counts."""
    if one.doubts & other.doubts:
        return 0.0
    if both := one.labels & other.labels:
        return max(min(1.0, OFTEN / math.comb(often[label], 2)) for label in both)
    return 1.0 if one.labels and other.labels else UNSURE


def fit(pairs: Sequence[Pair]) -> dict[str, float]:
    """Return the weights of a logistic regression with an L2 penalty."""
    known = sorted({name for pair in pairs for name, _ in pair.features})
    index = {name: at for at, name in enumerate(known)}
    given = torch.zeros(len(pairs), len(known), dtype=torch.float64)
    for row, pair in enumerate(pairs):
        for name, value in pair.features:
            given[row, index[name]] = value
    same = torch.tensor([float(pair.same) for pair in pairs], dtype=torch.float64)
    counted = torch.tensor([pair.weight for pair in pairs], dtype=torch.float64)
    penalties = PENALTY * given.var(0)
    weights = torch.zeros(len(known), dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS(
        [weights], max_iter=STEPS, line_search_fn="strong_wolfe"
    )

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(
            given @ weights, same, weight=counted, reduction="sum"
        )
        loss = loss + (penalties * weights**2).sum()
        loss.backward()
        return loss

    optimiser.step(closure)
    return {
        name: round(value, 3)
        for name, value in zip(known, weights.tolist(), strict=True)
    }


def show(title: str, merged: Sequence[tuple[Told, Told]], due: int) -> str:
    """Return how many merged pairs are right, and how many of those due are merged."""
    right = sum(not a.labels.isdisjoint(b.labels) for a, b in merged)
    sure = sum(bool(a.labels and b.labels) for a, b in merged)
    return (
        f"{title}: {right} of {sure} merged pairs with labels are right"
        f" ({right / max(sure, 1):.2f}), {len(merged) - sure} have none;"
        f" {right} of {due} due ({right / max(due, 1):.2f})"
    )


def merged_pairs(told: Sequence[Told], weights: Mapping[str, float]) -> Pairs:
    """Return the pairs of tellings of two reports that are put into one happening."""
    by_id = {one.profile.telling_id: one for one in told}
    happenings: dict[str, list[Told]] = {}
    for place in collapse_tellings([one.profile for one in told], weights):
        happenings.setdefault(place.happening_id, []).append(by_id[place.telling_id])
    return [
        pair
        for some in happenings.values()
        for pair in combinations(some, 2)
        if pair[0].profile.doc_id != pair[1].profile.doc_id
    ]


def due_pairs(told: Sequence[Told]) -> int:
    """Return how many pairs of two reports and one status share a label."""
    return sum(
        one.profile.doc_id != other.profile.doc_id
        and one.profile.status is other.profile.status
        and not one.labels.isdisjoint(other.labels)
        for one, other in combinations(told, 2)
    )


def try_folds(told: Sequence[Told], folds: int) -> tuple[Pairs, int]:
    """Return what is merged in each fold of stories by weights of the others, and due.

    Stories go round the folds in the order of their ids.
    """
    stories = sorted({one.story for one in told})
    fold_of = {story: at % folds for at, story in enumerate(stories)}
    merged: Pairs = []
    due = 0
    for fold in range(folds):
        inside = [one for one in told if fold_of[one.story] == fold]
        outside = [one for one in told if fold_of[one.story] != fold]
        merged += merged_pairs(inside, fit(list(pairs_of(outside))))
        due += due_pairs(inside)
    return merged, due


if __name__ == "__main__":
    main()
