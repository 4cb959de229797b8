"""Fit the weights by which tellings of two reports are held for one happening.

    python -m training.happenings

Learns from `annotations/told_twice.jsonl` and from the half of `gold/told_twice.jsonl`
to tune on: stories that two reports each tell, with labels of which mentions are one
happening. The tellings that the program finds in them
are one happening where labelled mentions in them are; all other pairs that share a key,
of one story or of two, are the other class.
"""

import argparse
import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import torch

from onrecord.collapse import Lexemes, load_story_words
from onrecord.collapse.happenings import WEIGHTS, Neighbours
from onrecord.collapse.profile import make_profiles
from onrecord.collapse.same import Features, pair_features
from onrecord.lexicon.kit import load_kit
from onrecord.model.document import DateBasis, Document, make_doc_id
from onrecord.model.event import Event
from onrecord.model.happening import Profile
from onrecord.pipeline import process
from onrecord.records import event_record
from onrecord.store.rows import event_row
from onrecord.understand.parse import SentenceCache
from onrecord.understand.reader import load_reader
from training.loglinear import write_weights

HERE = Path(__file__).parent
TOLD = (
    HERE / "annotations" / "told_twice.jsonl",
    HERE.parent / "gold" / "told_twice.jsonl",
)
HALVES = ("train", "tune")  # never what is held out
SOURCE = "Fitted by `python -m training.happenings` on its stories told twice."
PENALTY = 1.0
LEAST_SEEN = 2
LEAST_WEIGHT = 0.02
STEPS = 60


class Told(msgspec.Struct, frozen=True):
    """What a report tells of one happening, and the labelled ones it belongs to."""

    profile: Profile
    labels: frozenset[str]
    story: str


class Pair(msgspec.Struct, frozen=True):
    """The features of two tellings, and whether they are one happening."""

    features: Features
    same: bool


def main() -> None:
    """Fit and write the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--output", type=Path, default=WEIGHTS)
    args = parser.parse_args()
    told = list(read_told(read_stories()))
    write_weights(args.output, fit(list(pairs_of(told))), SOURCE)


def read_stories() -> Iterator[Mapping[str, Any]]:
    """Yield the stories that may be learnt from."""
    for path in TOLD:
        with path.open(encoding="utf-8") as stream:
            yield from (s for s in map(json.loads, stream) if s["half"] in HALVES)


def read_told(stories: Iterable[Mapping[str, Any]]) -> Iterator[Told]:
    """Yield what the program finds told in each report, with labels."""
    kit, reader, lexemes = load_kit(), load_reader(), Lexemes(load_story_words())
    for story in stories:
        for given in story["reports"]:
            date = dt.date.fromisoformat(given["date"])
            document = Document(
                doc_id=make_doc_id(given["text"], date, given["outlet"]),
                source_id=given["id"],
                text=given["text"],
                date=date,
                date_basis=DateBasis.GIVEN,
                outlet=given["outlet"],
            )
            coded = process(document, kit=kit, reader=reader, cache=SentenceCache())
            rows = [
                event_row(
                    event_record(e, document, ontology=kit.ontology, story_id=None)
                )
                for e in coded.events
            ]
            for profile in make_profiles(rows, date=date, lexemes=lexemes):
                events = [e for e in coded.events if e.telling_id == profile.telling_id]
                labels = frozenset(_labels(events, story, given["id"]))
                yield Told(profile, labels, story["id"])


def _labels(
    events: Sequence[Event], story: Mapping[str, Any], report: str
) -> Iterator[str]:
    """Yield the happenings whose labelled mentions share words with the triggers."""
    for number, happening in enumerate(story["happenings"]):
        for mention in happening["mentions"]:
            if mention["report"] == report and any(
                mention["start"] < event.trigger.end
                and event.trigger.start < mention["end"]
                for event in events
            ):
                yield f"{story['id']} {number}"


def pairs_of(told: Sequence[Told]) -> Iterator[Pair]:
    """Yield the pairs of tellings of two reports that share a key."""
    by_id = {one.profile.telling_id: one for one in told}
    neighbours = Neighbours((one.profile for one in told), {})
    for one in told:
        for other in neighbours.of(one.profile):
            if one.profile.telling_id < other.telling_id:
                labels = by_id[other.telling_id].labels
                yield Pair(
                    pair_features(one.profile, other),
                    not labels.isdisjoint(one.labels),
                )


def fit(pairs: Sequence[Pair]) -> dict[str, float]:
    """Return the weights of a logistic regression with an L2 penalty."""
    seen = Counter(f for pair in pairs for f in pair.features)
    known = sorted(f for f, n in seen.items() if n >= LEAST_SEEN)
    index = {feature: at for at, feature in enumerate(known)}
    rows = [[index[f] for f in pair.features if f in index] for pair in pairs]
    flat = torch.tensor([f for row in rows for f in row])
    starts = torch.tensor([0, *(len(row) for row in rows[:-1])]).cumsum(0)
    wanted = torch.tensor([float(pair.same) for pair in pairs], dtype=torch.float64)
    weights = torch.zeros(len(known), 1, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS(
        [weights], max_iter=STEPS * 20, line_search_fn="strong_wolfe"
    )

    def loss_of() -> torch.Tensor:
        scores = torch.nn.functional.embedding_bag(flat, weights, starts, mode="sum")
        return torch.nn.functional.binary_cross_entropy_with_logits(
            scores[:, 0], wanted, reduction="sum"
        )

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        loss = loss_of() + PENALTY * (weights**2).sum()
        loss.backward()
        return loss

    optimiser.step(closure)
    with torch.no_grad():
        scores = torch.nn.functional.embedding_bag(flat, weights, starts, mode="sum")
        said = scores[:, 0] > 0
        right = (said & (wanted > 0)).sum()
        print(
            f"{len(pairs)} pairs, {int(wanted.sum())} of one happening,"
            f" {len(known)} features; fitted: precision {right / said.sum():.3f},"
            f" recall {right / wanted.sum():.3f}"
        )
    return {
        feature: round(value, 3)
        for feature, value in zip(known, weights[:, 0].tolist(), strict=True)
        if abs(value) >= LEAST_WEIGHT
    }


if __name__ == "__main__":
    main()
