"""A model for the test server that codes as this program does.

What comes through the door must then be what this program coded in the first place.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from onrecord.lexicon.kit import Kit
from onrecord.model.annotation import Sentence
from onrecord.model.document import Document
from onrecord.model.event import CodedDocument, Event, Party, Statement
from onrecord.model.span import Span
from onrecord.pipeline import code, understand
from onrecord.understand.parse import SentenceCache
from onrecord.understand.reader import Reader
from tests.support.llmserver import Handler, says, shown

Answer = dict[str, list[Any]]


class OwnModel:
    """Answer requests about some reports with this program's own coding."""

    def __init__(self, kit: Kit, reader: Reader) -> None:
        self._kit = kit
        self._reader = reader
        self._cache = SentenceCache()
        self._known: list[tuple[list[str], CodedDocument, Sequence[Sentence]]] = []

    def learn(self, documents: Iterable[Document]) -> None:
        """Code reports, to answer about them."""
        for document in documents:
            adoc = understand(
                document, kit=self._kit, reader=self._reader, cache=self._cache
            )
            shown = [" ".join(s.span.of(document.text).split()) for s in adoc.sentences]
            coded = code(adoc, kit=self._kit)
            self._known.append((shown, coded, adoc.sentences))

    def __call__(self, handler: Handler, asked: dict[str, Any]) -> None:
        """Answer a request."""
        piece = shown(asked)
        numbers = [s["n"] for s in piece["sentences"]]
        texts = [s["text"] for s in piece["sentences"]]
        coded, sentences = next(
            (coded, sentences)
            for known, coded, sentences in self._known
            if known[numbers[0] : numbers[-1] + 1] == texts
            and str(coded.document.date) == piece["date"]
        )
        says(json.dumps(answer_of(coded, sentences, numbers)))(handler, asked)


def answer_of(
    coded: CodedDocument, sentences: Sequence[Sentence], numbers: Iterable[int]
) -> Answer:
    """Return what a model says that codes these sentences as this program does."""
    wanted = set(numbers)
    text = coded.document.text

    def number(span: Span) -> int:
        return next(n for n, s in enumerate(sentences) if s.span.end > span.start)

    def there(span: Span) -> dict[str, Any]:
        return {"sentence": number(span), "words": span.of(text)}

    def party(one: Party) -> dict[str, Any]:
        return {"words": one.span.of(text), "country": one.country}

    def event(one: Event) -> dict[str, Any]:
        sentence = one.sentence.of(text)
        words = one.trigger.of(text)
        before = sentence[: one.trigger.start - one.sentence.start]
        return {
            "sentence": number(one.trigger),
            "trigger": words,
            "nth": before.count(words) + 1,
            "type": one.event_type.value,
            "mode": one.mode
            and {"value": one.mode.value, "words": one.mode.spans[0].of(text)},
            "contexts": [
                {"value": c.value, "words": c.spans[0].of(text)} for c in one.contexts
            ],
            "actors": [party(p) for p in one.actors],
            "recipients": [party(p) for p in one.recipients],
            "factuality": {
                "value": one.factuality.value,
                "words": one.factuality.spans[0].of(text),
            },
            "condition": one.condition and one.condition.of(text),
            "by": [
                {
                    "sentence": number(s.cue),
                    "speaker": party(s.party),
                    "cue": s.cue.of(text),
                }
                for s in one.attribution
            ],
            "when": there(one.when.spans[0]) if one.when and one.when.spans else None,
            "where": [there(p.span) for p in one.where],
            "numbers": [q.span.of(text) for q in one.quantities],
        }

    def statement(one: Statement) -> dict[str, Any]:
        return {
            "sentence": number(one.cue),
            "speaker": party(one.speaker),
            "cue": one.cue.of(text),
            "act": one.act.value,
            "content": [there(span) for span in one.content],
            "addressee": one.addressee and one.addressee.span.of(text),
            "venue": one.venue and one.venue.of(text),
        }

    return {
        "events": [event(e) for e in coded.events if number(e.trigger) in wanted],
        "statements": [
            statement(s) for s in coded.statements if number(s.cue) in wanted
        ],
    }
