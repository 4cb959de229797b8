"""Fit the tables of `data/choices`: happenings, times and places of events.

    python -m training.choices --shared ../shared [--parsed FILE]

Learns from the annotated reports of `gold/train`, `gold/long.jsonl` and
`gold/written.jsonl` with the layers and events that the program itself finds in them:
an event of the right type at an annotated trigger takes over what is annotated there.
Weights are those of a log-linear model, fitted by L-BFGS with an L2 penalty; features
seen fewer than `LEAST_SEEN` times are left out, and weights near 0 too.
"""

import argparse
import datetime as dt
import json
import pickle
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import torch
from torch import Tensor

from onrecord.code.choice import Features
from onrecord.code.coder import find_events
from onrecord.code.happenings import earlier_mentions, group_mentions, link_options
from onrecord.code.mentions import Mention, as_mentions
from onrecord.code.scene import Scene, make_scene
from onrecord.code.when import as_when, times_near, when_options
from onrecord.code.where import places_near, where_options
from onrecord.lexicon.choices import FOLDER, Choices
from onrecord.lexicon.kit import Kit, load_kit
from onrecord.model.annotation import AnnotatedDocument
from onrecord.model.document import DateBasis, Document, make_doc_id
from onrecord.model.event import Event, Factuality
from onrecord.pipeline import understand
from onrecord.understand.parse import SentenceCache
from onrecord.understand.reader import load_reader
from training.loglinear import log_sum, write_weights

PENALTY = {"happening": 0.5, "when": 1.0, "where": 1.0}
SOURCE = "Fitted by `python -m training.choices` on gold/train, long and written."
LEAST_SEEN = 3
LEAST_WEIGHT = 0.02
STEPS = 60  # of L-BFGS, each of up to 20 evaluations


class Choice(msgspec.Struct, frozen=True):
    """One choice: the features of each option, and which options are right."""

    options: list[Features]
    right: list[int]


class Coded(msgspec.Struct, frozen=True):
    """A report with its events, and the annotated event of each, where there is one."""

    adoc: AnnotatedDocument
    events: tuple[Event, ...]
    gold: list[dict[str, Any] | None]


def main() -> None:
    """Fit and write the three tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--parsed", type=Path, help="keep the understood reports here")
    parser.add_argument("--output", type=Path, default=FOLDER)
    args = parser.parse_args()
    kit = load_kit()
    coded = list(code_reports(read_all(args.shared), kit, args.parsed))
    fit_tables(coded, kit.choices, args.output)


def fit_tables(coded: Sequence[Coded], old: Choices, folder: Path) -> Choices:
    """Fit all tables in order, write them, and return them.

    Times and places see the happenings as the program will group them.
    """
    mentions = [as_mentions(c.adoc, c.events, old) for c in coded]
    links = [
        choice
        for c, found in zip(coded, mentions, strict=True)
        for choice in link_choices(found, c.gold)
    ]
    happening = fit("happening", links, folder)
    scenes = [
        make_scene(
            c.adoc, found, tuple(first for first, _ in group_mentions(found, happening))
        )
        for c, found in zip(coded, mentions, strict=True)
    ]
    pairs = list(zip(scenes, (c.gold for c in coded), strict=True))
    when = fit("when", [w for s, g in pairs for w in when_choices(s, g, old)], folder)
    where = fit("where", [w for s, g in pairs for w in where_choices(s, g)], folder)
    return msgspec.structs.replace(old, happening=happening, when=when, where=where)


def read_all(shared: Path) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield every annotated report with its text."""
    gold = shared / "data/gold"
    for path in sorted((gold / "train").glob("*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        text = shared / "data/reports" / f"{record['doc_id']}.txt"
        yield record, text.read_text(encoding="utf-8")
    for name in ("long.jsonl", "written.jsonl"):
        with (gold / name).open(encoding="utf-8") as stream:
            for record in map(json.loads, stream):
                yield record, record["text"]


def code_reports(
    reports: Iterable[tuple[dict[str, Any], str]], kit: Kit, parsed: Path | None
) -> Iterator[Coded]:
    """Yield the reports with their layers and events, before any choice."""
    if parsed is not None and parsed.exists():
        layers = pickle.loads(parsed.read_bytes())
    else:
        layers = list(_understand(reports, kit))
        if parsed is not None:
            parsed.write_bytes(pickle.dumps(layers))
    for record, adoc in layers:
        events = find_events(adoc, kit=kit)
        yield Coded(adoc, events, align(adoc.document.text, events, record["events"]))


def _understand(
    reports: Iterable[tuple[dict[str, Any], str]], kit: Kit
) -> Iterator[tuple[dict[str, Any], AnnotatedDocument]]:
    reader, cache = load_reader(), SentenceCache()
    for record, text in reports:
        date = dt.date.fromisoformat(record["date"]) if record.get("date") else None
        document = Document(
            doc_id=make_doc_id(text, date, None),
            source_id=str(record.get("doc_id") or record.get("id")),
            text=text,
            date=date,
            date_basis=DateBasis.GIVEN if date else DateBasis.UNKNOWN,
        )
        yield record, understand(document, kit=kit, reader=reader, cache=cache)


def align(
    text: str, events: Sequence[Event], gold: Sequence[dict[str, Any]]
) -> list[dict[str, Any] | None]:
    """Return for each event the annotated one of its type at its trigger, or None."""
    places: list[tuple[int, int, dict[str, Any]]] = []
    for record in gold:
        begin = text.find(record["sentence"])
        start = text.find(record["trigger"], max(0, begin))
        if begin >= 0 and start >= 0:
            places.append((start, start + len(record["trigger"]), record))
    used: set[int] = set()
    aligned: list[dict[str, Any] | None] = []
    for event in events:
        span = event.trigger
        fit = [
            at
            for at, (start, end, record) in enumerate(places)
            if at not in used
            and record["type"] == event.event_type.value
            and start < span.end
            and span.start < end
        ]
        used |= set(fit[:1])
        aligned.append(places[fit[0]][2] if fit else None)
    return aligned


def link_choices(
    mentions: tuple[Mention, ...], gold: Sequence[dict[str, Any] | None]
) -> Iterator[Choice]:
    """Yield the choice of an earlier mention for each annotated event."""
    firsts: list[tuple[int, float]] = []
    numbers = [g.get("same_as") if g else None for g in gold]
    for at, record in enumerate(gold):
        earlier = list(earlier_mentions(at))
        same = [
            i for i in earlier if numbers[at] is not None and numbers[i] == numbers[at]
        ]
        if record is not None:
            options = link_options(mentions, at, firsts)
            right = [earlier.index(i) + 1 for i in same] or [0]
            yield Choice(options, right)
        firsts.append((firsts[same[0]][0] if same else at, 1.0))


def when_choices(
    scene: Scene, gold: Sequence[dict[str, Any] | None], choices: Choices
) -> Iterator[Choice]:
    """Yield the choice of a time for each annotated event that has it or has none."""
    for at, record in enumerate(gold):
        if record is None:
            continue
        times = times_near(scene, at)
        right = [0]
        if wanted := record.get("when"):
            days = (wanted.get("from"), wanted.get("to"))
            cells = [as_when(scene.adoc, timex, choices) for timex in times]
            right = [
                n
                for n, cell in enumerate(cells, 1)
                if cell and (cell.start.isoformat(), cell.end.isoformat()) == days
            ]
            if _falls_back(scene, at) == days:
                right.append(0)
        if right:
            yield Choice(when_options(scene, at, times), right)


def _falls_back(scene: Scene, at: int) -> tuple[str, str] | None:
    """Return the days an event has without a time in the text."""
    published = scene.adoc.document.date
    factuality = scene.mentions[at].event.factuality.value
    if published is None or factuality is not Factuality.HAPPENED:
        return None
    return published.isoformat(), published.isoformat()


def where_choices(
    scene: Scene, gold: Sequence[dict[str, Any] | None]
) -> Iterator[Choice]:
    """Yield the choice of places for each annotated event that has them or none."""
    text = scene.adoc.document.text
    for at, record in enumerate(gold):
        if record is None:
            continue
        places = places_near(scene, at)
        right = [0]
        if wanted := record.get("where"):
            names = {str(wanted.get(k) or "").casefold() for k in ("name", "text")}
            names -= {""}
            right = [
                n
                for n, found in enumerate(places, 1)
                if any(
                    a in b or b in a
                    for place in found
                    for b in (place.name.casefold(), place.span.of(text).casefold())
                    for a in names
                )
            ]
        if right:
            yield Choice(where_options(scene, at, places), right)


def fit(name: str, choices: Sequence[Choice], folder: Path) -> dict[str, float]:
    """Fit one table, write it and return it."""
    seen = Counter(f for c in choices for o in c.options for f in o)
    known = sorted(f for f, n in seen.items() if n >= LEAST_SEEN)
    index = {feature: at for at, feature in enumerate(known)}
    rows = [[index[f] for f in o if f in index] for c in choices for o in c.options]
    flat = torch.tensor([f for row in rows for f in row])
    starts = torch.tensor([0, *(len(row) for row in rows[:-1])]).cumsum(0)
    owner = torch.tensor([n for n, c in enumerate(choices) for _ in c.options])
    right = torch.tensor(
        [at in set(c.right) for c in choices for at in range(len(c.options))]
    )
    weights = torch.zeros(len(known), 1, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS(
        [weights], max_iter=STEPS * 20, line_search_fn="strong_wolfe"
    )

    def chances() -> tuple[Tensor, Tensor]:
        scores = torch.nn.functional.embedding_bag(flat, weights, starts, mode="sum")
        scores = scores[:, 0]
        return (
            log_sum(scores.masked_fill(~right, -1e9), owner, len(choices)),
            log_sum(scores, owner, len(choices)),
        )

    def closure() -> Tensor:
        optimiser.zero_grad()
        good, all_of_it = chances()
        loss = (all_of_it - good).sum() + PENALTY[name] * (weights**2).sum()
        loss.backward()
        return loss

    optimiser.step(closure)
    with torch.no_grad():
        good, all_of_it = chances()
        print(
            f"{name}: {len(choices)} choices, {len(known)} features, "
            f"mean chance of the right one {(good - all_of_it).exp().mean():.3f}"
        )
    table = {
        feature: round(value, 3)
        for feature, value in zip(known, weights[:, 0].tolist(), strict=True)
        if abs(value) >= LEAST_WEIGHT
    }
    write_weights(folder / f"{name}.tsv", table, SOURCE)
    return table


if __name__ == "__main__":
    main()
