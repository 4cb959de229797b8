"""Read annotated reports and cut them into sentences with marked words."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.model.span import Span
from onrecord.understand.reader.reading import ACTS, EVENT_TYPES, FACTUALITIES, FORMS
from onrecord.understand.sentences import SentenceCut, split_sentences


@dataclass(frozen=True, slots=True)
class Report:
    """One annotated report: its text and the annotators' records."""

    doc_id: str
    text: str
    events: list[dict[str, Any]]
    statements: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class WordMark:
    """A trigger or a cue as the words it covers; head words are not chosen yet."""

    words: tuple[int, ...]
    kind: int
    detail: int
    unsure: bool
    parties: dict[str, tuple[tuple[int, ...], ...]]


@dataclass(frozen=True, slots=True)
class MarkedSentence:
    """One sentence of a report with all that is marked in it."""

    doc_id: str
    spans: tuple[Span, ...]
    words: tuple[str, ...]
    triggers: tuple[WordMark, ...]
    cues: tuple[WordMark, ...]


def read_gold(folder: Path, texts: Path) -> Iterator[Report]:
    """Yield the reports of one folder of gold files, by name."""
    for path in sorted(folder.glob("*.json")):
        raw = json.loads(path.read_text(encoding="utf-8"))
        text = (texts / f"{raw['doc_id']}.txt").read_text(encoding="utf-8")
        yield Report(raw["doc_id"], text, raw["events"], raw["statements"])


def read_lines(path: Path) -> Iterator[Report]:
    """Yield the reports of a JSON lines file that carries its own texts."""
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            raw = json.loads(line)
            statements = raw.get("statements", [])
            yield Report(raw["id"], raw["text"], raw["events"], statements)


def mark_sentences(report: Report) -> Iterator[MarkedSentence]:
    """Yield every sentence of a report, also those with nothing marked."""
    sentences = split_sentences(report.text)
    triggers: dict[int, list[WordMark]] = {}
    cues: dict[int, list[WordMark]] = {}
    for event in report.events:
        _place_event(report.text, sentences, event, triggers)
    for statement in report.statements:
        _place_statement(report.text, sentences, statement, cues)
    for at, sentence in enumerate(sentences):
        yield MarkedSentence(
            doc_id=report.doc_id,
            spans=sentence.tokens,
            words=tuple(token.of(report.text) for token in sentence.tokens),
            triggers=tuple(triggers.get(at, ())),
            cues=tuple(cues.get(at, ())),
        )


def _place_event(
    text: str,
    sentences: tuple[SentenceCut, ...],
    event: dict[str, Any],
    placed: dict[int, list[WordMark]],
) -> None:
    found = _find_words(text, sentences, event["sentence"], event["trigger"])
    if found is None:
        return
    at, words = found
    parties = {
        role: _party_words(text, sentences[at], words, event.get(role) or [])
        for role in ("actor", "recipient", "by")
    }
    mark = WordMark(
        words=words,
        kind=1 + EVENT_TYPES.index(event["type"]),
        detail=FACTUALITIES.index(event["status"]),
        unsure=bool(event.get("unsure")),
        parties=parties,
    )
    placed.setdefault(at, []).append(mark)


def _place_statement(
    text: str,
    sentences: tuple[SentenceCut, ...],
    statement: dict[str, Any],
    placed: dict[int, list[WordMark]],
) -> None:
    if statement["act"] not in ACTS or not statement.get("cue"):
        return
    found = _find_words(text, sentences, statement["sentence"], statement["cue"])
    if found is None:
        return
    at, words = found
    speaker = statement.get("speaker")
    named = [speaker] if speaker and speaker.get("text") else []
    mark = WordMark(
        words=words,
        kind=1 + ACTS.index(statement["act"]),
        detail=FORMS.index(statement["form"]),
        unsure=bool(statement.get("unsure")),
        parties={"speaker": _party_words(text, sentences[at], words, named)},
    )
    placed.setdefault(at, []).append(mark)


def _find_words(
    text: str, sentences: tuple[SentenceCut, ...], sentence: str, phrase: str
) -> tuple[int, tuple[int, ...]] | None:
    """Return the sentence's number and the words that `phrase` covers in it."""
    begin = text.find(sentence)
    if begin < 0 or not phrase:
        return None
    match = _whole(phrase).search(text, begin, begin + len(sentence))
    start = match.start() if match else text.find(phrase, begin, begin + len(sentence))
    if start < 0:
        return None
    end = start + len(phrase)
    for at, candidate in enumerate(sentences):
        words = _covered(candidate, start, end)
        if words:
            return at, words
    return None


def _party_words(
    text: str,
    sentence: SentenceCut,
    near: tuple[int, ...],
    parties: list[dict[str, Any]],
) -> tuple[tuple[int, ...], ...]:
    """Return for each party the words of its mention nearest to the trigger."""
    out = []
    for party in parties:
        mentions = [
            _covered(sentence, match.start(), match.end())
            for match in _whole(party["text"]).finditer(
                text, sentence.span.start, sentence.span.end
            )
            if party["text"]
        ]
        mentions = [words for words in mentions if words]
        if mentions:
            out.append(min(mentions, key=lambda words: abs(words[0] - near[0])))
    return tuple(out)


def _whole(phrase: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(phrase)}(?!\w)")


def _covered(sentence: SentenceCut, start: int, end: int) -> tuple[int, ...]:
    return tuple(
        at
        for at, token in enumerate(sentence.tokens)
        if token.start < end and start < token.end
    )
