"""Score the event and statement heads alone: parties are bare phrases."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from onrecord.model.span import Span
from onrecord.understand.reader.reading import (
    EVENT_TYPES,
    FACTUALITIES,
    Reader,
    Reading,
)
from onrecord.understand.sentences import SentenceCut, split_sentences

Links = tuple[tuple[int, float], ...]  # (word index of a head word, score)

CUTOFF = 0.5  # chance from which a trigger, a cue or a party counts
_APART = frozenset(
    ("acl", "acl:relcl", "appos", "conj", "cc", "parataxis", "punct", "advcl", "dep")
)
_BARE = frozenset(("case", "mark", "cop", "aux", "nsubj"))


def measure_events(reader: Reader, shared: Path, folder: Path) -> dict[str, Any]:
    """Return what the event scorer says about the heads on `gold/dev`."""
    gold, texts = shared / "data/gold/dev", shared / "data/reports"
    predicted = folder / "events-dev.jsonl"
    with predicted.open("w", encoding="utf-8") as stream:
        for path in sorted(gold.glob("*.json")):
            text = (texts / f"{path.stem}.txt").read_text(encoding="utf-8")
            for record in read_records(reader, path.stem, text):
                stream.write(json.dumps(record) + "\n")
    scorer = shared / "scorers/score_events.py"
    command = [sys.executable, scorer, gold, texts, predicted, "--json"]
    done = subprocess.run(
        list(map(str, command)), check=True, capture_output=True, text=True
    )
    scored: dict[str, Any] = json.loads(done.stdout)
    return {
        "found_f1": round(scored["found"]["f"], 1),
        "typed_f1": round(scored["typed"]["f"], 1),
        "dyad_f1": round(scored["dyad"]["f"], 1),
        "factuality": round(scored["fact"]["accuracy"], 1),
        "factuality_kappa": round(scored["fact"]["kappa"], 2),
        "unreal": round(scored["unreal"]["share"], 1),
        "by": round(scored["by"]["accuracy"], 1),
        "said_f1": round(scored["said"]["f"], 1),
    }


def read_records(
    reader: Reader, doc_id: str, text: str, cutoff: float = CUTOFF
) -> Iterator[dict[str, Any]]:
    """Yield the events and statements that the heads alone find in a report."""
    sentences = split_sentences(text)
    words = [[token.of(text) for token in s.tokens] for s in sentences]
    for sentence, reading in zip(sentences, reader.read(words), strict=True):
        whole = _place(sentence.span)
        for trigger in reading.triggers:
            if 1 - trigger.type_scores[0] < cutoff:
                continue
            roles = (trigger.actors, trigger.recipients, trigger.by)
            parties = [_parties(text, sentence, reading, links) for links in roles]
            yield {
                "record": "event",
                "source_id": doc_id,
                "event_type": EVENT_TYPES[_best(trigger.type_scores[1:])],
                "factuality": FACTUALITIES[_best(trigger.factuality_scores)],
                "trigger": _place(sentence.tokens[trigger.token]),
                "sentence": whole,
                "actors": parties[0],
                "recipients": parties[1],
                "attribution": parties[2],
            }
        for cue in reading.cues:
            speakers = _parties(text, sentence, reading, cue.speakers)
            if cue.score >= cutoff:
                yield {
                    "record": "statement",
                    "source_id": doc_id,
                    "cue": _place(sentence.tokens[cue.token]),
                    "speaker": speakers[0] if speakers else None,
                }


def _best(scores: Sequence[float]) -> int:
    return max(range(len(scores)), key=lambda at: scores[at])


def _place(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def _parties(
    text: str, sentence: SentenceCut, reading: Reading, links: Links
) -> list[dict[str, Any]]:
    """Return each party as the phrase around its head word."""
    parties = []
    for head, score in links:
        if score < CUTOFF:
            continue
        first, last = _phrase(reading, head)
        span = Span(sentence.tokens[first].start, sentence.tokens[last].end)
        words = span.of(text)
        parties.append({**_place(span), "text": words, "name": words, "country": "UNK"})
    return parties


def _phrase(reading: Reading, head: int) -> tuple[int, int]:
    """Return the first and last word of the unbroken phrase around `head`."""
    inside = {head}
    waiting = [head]
    while waiting:
        word = waiting.pop()
        for child, parent in enumerate(reading.head):
            relation = reading.deprel[child]
            if parent != word + 1 or child in inside or relation in _APART:
                continue
            if word == head and relation in _BARE:
                continue
            inside.add(child)
            waiting.append(child)
    first = last = head
    while first - 1 in inside:
        first -= 1
    while last + 1 in inside:
        last += 1
    return first, last
