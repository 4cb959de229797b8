"""Fit `data/relations/weights.tsv`: what one span of a sentence does to another.

    python -m training.relations --shared ../shared [--reader FOLDER] [--parsed FILE]

Learns from the sentences of `data/relations`, from the examples of the frames, and
from the annotated events of `training/annotations/written.jsonl` that name an actor
and a recipient in their sentence (mutual ones: two actors). What an act of the same
actor asks for, plans or threatens counts as that act. `--reader` names the model that
reads the sentences: one that was trained on them is surer of them than of any new
text, so `--only` leaves out the reports it knows. `--all` adds `gold/written.jsonl`,
`gold/train` and `gold/long.jsonl`.

Weights are those of a log-linear model with hidden triggers, fitted by L-BFGS with an
L2 penalty; features seen in fewer than `LEAST_SEEN` pairs are left out.
"""

import argparse
import pickle
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import torch
from torch import Tensor

from onrecord.code.relate import list_options
from onrecord.code.relate_features import Valued
from onrecord.lexicon.frames import load_frames
from onrecord.lexicon.kit import Kit, load_kit
from onrecord.lexicon.relations import (
    FOLDER,
    Relations,
    load_relations,
    read_examples,
)
from onrecord.model.annotation import Sentence
from onrecord.model.event import EventType, Factuality
from onrecord.model.relation import Pair
from onrecord.model.span import Span
from onrecord.model.tree import ancestors, tokens_in
from onrecord.ontology import load_ontology
from onrecord.pipeline import read_sentences
from onrecord.understand.parse import SentenceCache
from onrecord.understand.reader import load_reader
from training.gold import Report, read_gold, read_lines
from training.loglinear import log_sum, write_weights
from training.standoff import FOLDER as ANNOTATIONS
from training.standoff import read_standoff, read_texts

SOURCE = "Fitted by `python -m training.relations`."
# Chosen by the scores of all the sentences; the errors of one half were looked at.
PENALTY = 2.0
WORD_PENALTY = 4.0  # of a feature that names a single word
EXAMPLE_COUNT = 3.0  # what an example counts, an annotated pair being 1
UNSURE_COUNT = 0.5
BALANCE = 0.5  # 0: every pair counts the same, 1: every type
LEAST_SEEN = 3
LEAST_WEIGHT = 0.02
STEPS = 60
HAPPENED = str(Factuality.HAPPENED)
MAX_PARTIES = 2  # of each side of an event that are paired


class Example(msgspec.Struct, frozen=True):
    """One annotated pair and its sentences."""

    pair: Pair
    event_type: EventType
    trigger: Span | None
    sentences: tuple[Sentence, ...]
    count: float


class Choice(msgspec.Struct, frozen=True):
    """One pair's options: features by word, then by word and type; which are right."""

    options: list[Valued]
    right: list[int]
    event_type: EventType
    count: float


def main() -> None:
    """Read, fit and write the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--reader", type=Path, help="another model's folder")
    parser.add_argument("--parsed", type=Path, help="keep the read sentences here")
    parser.add_argument("--only", type=Path, help="a file of report ids, one a line")
    parser.add_argument("--all", action="store_true", help="learn from all of gold")
    parser.add_argument("--output", type=Path, default=FOLDER / "weights.tsv")
    args = parser.parse_args()
    only = frozenset(args.only.read_text().split()) if args.only else None
    if args.parsed and args.parsed.exists():
        examples = pickle.loads(args.parsed.read_bytes())
    else:
        examples = list(read_all(args.shared, args.reader, only, everything=args.all))
        if args.parsed:
            args.parsed.write_bytes(pickle.dumps(examples))
    kit, relations = load_kit(), load_relations()
    choices = [make_choice(e, kit, relations) for e in examples]
    write_weights(args.output, fit([c for c in choices if c.right]), SOURCE)


def read_all(
    shared: Path, model: Path | None, only: frozenset[str] | None, *, everything: bool
) -> Iterator[Example]:
    """Yield every pair with its sentences read."""
    reader, cache = load_reader(model), SentenceCache()

    def read(pair: Pair) -> tuple[Sentence, ...]:
        return read_sentences(pair, reader=reader, cache=cache)

    for pair, event_type in read_examples():
        yield Example(pair, event_type, None, read(pair), EXAMPLE_COUNT)
    for pair, event_type, trigger in _frame_examples():
        yield Example(pair, event_type, trigger, read(pair), EXAMPLE_COUNT)
    for report in _read_reports(shared, everything=everything):
        if only is not None and report.doc_id not in only:
            continue
        by_sentence: dict[str, list[dict[str, Any]]] = {}
        for event in report.events:
            if event["trigger"] and event["trigger"] in event["sentence"]:
                by_sentence.setdefault(event["sentence"], []).append(event)
        for text, events in by_sentence.items():
            whole = read(Pair(id=report.doc_id, text=text))
            for event in events:
                outer = _outermost(event, events, whole)
                for pair in _pairs(report.doc_id, event):
                    yield Example(
                        pair=pair,
                        event_type=EventType(outer["type"]),
                        trigger=_trigger(outer),
                        sentences=read(pair),
                        count=UNSURE_COUNT if outer.get("unsure") else 1.0,
                    )


def _frame_examples() -> Iterator[tuple[Pair, EventType, Span]]:
    for frame in load_frames(load_ontology()).frames:
        for example in frame.example:
            if example.actor and example.recipient:
                actor, recipient, trigger = (
                    Span(
                        example.text.index(words),
                        example.text.index(words) + len(words),
                    )
                    for words in (example.actor, example.recipient, example.trigger)
                )
                pair = Pair(
                    id=frame.id, text=example.text, actor=actor, recipient=recipient
                )
                yield pair, frame.event_type, trigger


def _read_reports(shared: Path, *, everything: bool) -> Iterator[Report]:
    gold = shared / "data/gold"
    texts = read_texts(ANNOTATIONS / "written-texts.jsonl")
    yield from read_standoff(ANNOTATIONS / "written.jsonl", texts)
    if everything:
        yield from read_lines(gold / "written.jsonl")
        yield from read_gold(gold / "train", shared / "data/reports")
        yield from read_lines(gold / "long.jsonl")


def _outermost(
    event: dict[str, Any],
    events: Sequence[dict[str, Any]],
    sentences: Sequence[Sentence],
) -> dict[str, Any]:
    """Return the act of the same actor that asks for, plans or threatens this one."""
    if event["status"] == HAPPENED:
        return event
    own = {p.get("text") for p in event.get("actor") or ()}
    for other in events:
        actors = {p.get("text") for p in other.get("actor") or ()}
        if (
            other["status"] == HAPPENED
            and actors & own
            and _governs(_trigger(other), _trigger(event), sentences)
        ):
            return other
    return event


def _governs(above: Span, below: Span, sentences: Sequence[Sentence]) -> bool:
    return any(
        set(ancestors(sentence, token)) & set(tokens_in(sentence, above))
        for sentence in sentences
        for token in tokens_in(sentence, below)
    )


def _trigger(event: dict[str, Any]) -> Span:
    start = event["sentence"].index(event["trigger"])
    return Span(start, start + len(event["trigger"]))


def _pairs(doc_id: str, event: dict[str, Any]) -> Iterator[Pair]:
    """Yield the pairs of an event that its sentence names, nearest mentions first."""
    text, near = event["sentence"], _trigger(event).start
    actors = list(_mentions(text, event.get("actor"), near))
    recipients = list(_mentions(text, event.get("recipient"), near))
    if not recipients and len(actors) > 1:
        actors, recipients = actors[:1], actors[1:2]
    for actor in actors[:MAX_PARTIES]:
        for recipient in recipients[:MAX_PARTIES]:
            if not actor.overlaps(recipient):
                yield Pair(id=doc_id, text=text, actor=actor, recipient=recipient)


def _mentions(
    text: str, parties: Iterable[dict[str, Any]] | None, near: int
) -> Iterator[Span]:
    for party in parties or ():
        words = party.get("text") or ""
        starts = [at for at in range(len(text)) if words and text.startswith(words, at)]
        if starts:
            start = min(starts, key=lambda at: (abs(at - near), at))
            yield Span(start, start + len(words))


def make_choice(example: Example, kit: Kit, relations: Relations) -> Choice:
    """Return the options of a pair; right are those of its type at its trigger.

    Where no option stands at the trigger, all of its type are.
    """
    options = list(
        list_options(example.pair, example.sentences, kit=kit, relations=relations)
    )
    typed = [n for n, o in enumerate(options) if o.event_type is example.event_type]
    exact = [
        n
        for n in typed
        if example.trigger and options[n].span.overlaps(example.trigger)
    ]
    return Choice(
        options=[o.features for o in options],
        right=exact or typed,
        event_type=example.event_type,
        count=example.count,
    )


def fit(choices: Sequence[Choice]) -> dict[str, float]:
    """Return the weights, by feature."""
    seen = Counter(
        f for c in choices for f in {name for option in c.options for name in option}
    )
    known = sorted(f for f, n in seen.items() if n >= LEAST_SEEN)
    index = {feature: at for at, feature in enumerate(known)}
    cells = [
        [(index[f], v) for f, v in option.items() if f in index]
        for c in choices
        for option in c.options
    ]
    flat = torch.tensor([f for row in cells for f, _ in row])
    values = torch.tensor([v for row in cells for _, v in row])
    starts = torch.tensor([0, *(len(row) for row in cells[:-1])]).cumsum(0)
    owner = torch.tensor([n for n, c in enumerate(choices) for _ in c.options])
    right = torch.tensor(
        [at in set(c.right) for c in choices for at in range(len(c.options))]
    )
    per_type = Counter(c.event_type for c in choices)
    mean = len(choices) / len(per_type)
    count = torch.tensor(
        [c.count * (mean / per_type[c.event_type]) ** BALANCE for c in choices]
    )
    penalty = torch.tensor(
        [WORD_PENALTY if f.startswith("word ") else PENALTY for f in known]
    )
    weights = torch.zeros(len(known), 1, requires_grad=True)
    optimiser = torch.optim.LBFGS(
        [weights], max_iter=STEPS, line_search_fn="strong_wolfe"
    )

    def closure() -> Tensor:
        optimiser.zero_grad()
        scores = torch.nn.functional.embedding_bag(
            flat, weights, starts, mode="sum", per_sample_weights=values
        )[:, 0]
        good = log_sum(scores.masked_fill(~right, -1e9), owner, len(choices))
        gap = log_sum(scores, owner, len(choices)) - good
        loss = (gap * count).sum() + (penalty * weights[:, 0] ** 2).sum()
        loss.backward()
        return loss

    loss = optimiser.step(closure)
    print(f"{len(choices)} pairs, {len(known)} features, loss {loss.item():.0f}")
    return {
        feature: round(value, 3)
        for feature, value in zip(known, weights[:, 0].tolist(), strict=True)
        if abs(value) >= LEAST_WEIGHT
    }


if __name__ == "__main__":
    main()
