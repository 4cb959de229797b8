"""Read our own annotations, which hold offsets and never a report's words."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from training.gold import Report

FOLDER = Path(__file__).parent / "annotations"


def read_standoff(path: Path, texts: Mapping[str, str]) -> Iterator[Report]:
    """Yield the annotated reports whose text is in `texts` and unchanged.

    Raises `ValueError` when a text differs from the one that was annotated.
    """
    for line in path.read_text(encoding="utf-8").splitlines():
        raw = json.loads(line)
        text = texts[raw["doc_id"]]
        if hashlib.sha256(text.encode()).hexdigest() != raw["text_sha256"]:
            raise ValueError(f"{path.name}: the text of {raw['doc_id']} has changed")
        yield Report(
            raw["doc_id"],
            text,
            [_event(text, e) for e in raw["events"]],
            [_statement(text, s) for s in raw["statements"]],
        )


def read_texts(path: Path) -> dict[str, str]:
    """Return the texts of a JSON lines file by id."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return {r["id"]: r["text"] for r in map(json.loads, lines)}


def _words(text: str, span: list[int]) -> str:
    return text[span[0] : span[1]]


def _party(text: str, party: dict[str, Any]) -> dict[str, Any]:
    return {**party, "text": _words(text, party["span"])}


def _event(text: str, event: dict[str, Any]) -> dict[str, Any]:
    parties = {
        role: [_party(text, p) for p in event[role]]
        for role in ("actor", "recipient", "by")
    }
    return {
        **event,
        **parties,
        "sentence": _words(text, event["sentence"]),
        "trigger": _words(text, event["trigger"]),
    }


def _statement(text: str, statement: dict[str, Any]) -> dict[str, Any]:
    return {
        **statement,
        "sentence": _words(text, statement["sentence"]),
        "cue": _words(text, statement["cue"]),
        "speaker": _party(text, statement["speaker"]),
        "content": _words(text, statement["content"]),
    }
