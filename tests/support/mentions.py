"""Build a report's layers and events by hand, for tests of choices among them."""

import datetime as dt

from onrecord.lexicon.choices import Choices
from onrecord.model.annotation import (
    AnnotatedDocument,
    Place,
    PlaceRole,
    Precision,
    Timex,
    TimexType,
)
from onrecord.model.document import DateBasis, Document
from onrecord.model.event import (
    Event,
    EventType,
    Factuality,
    When,
    WhenBasis,
    make_event_id,
)
from onrecord.model.evidence import Cited
from onrecord.model.span import Span
from tests.support.trees import build_sentence

PUBLISHED = dt.date(2022, 1, 29)


def build_report(*tables: str, published: dt.date | None = PUBLISHED):
    """Return a report of sentences written as tables, without events."""
    text, sentences = "", []
    for paragraph, table in enumerate(tables):
        start = len(text) + bool(text)
        words, sentence = build_sentence(table, start=start, paragraph=paragraph)
        text = f"{text} {words}" if text else words
        sentences.append(sentence)
    document = Document(
        doc_id="doc-1",
        source_id="one",
        text=text,
        date=published,
        date_basis=DateBasis.GIVEN if published else DateBasis.UNKNOWN,
    )
    return AnnotatedDocument(document=document, sentences=tuple(sentences))


def find_span(adoc: AnnotatedDocument, words: str) -> Span:
    """Return the place of the first `words` in the report."""
    start = adoc.document.text.index(words)
    return Span(start, start + len(words))


def sentence_number(adoc: AnnotatedDocument, span: Span) -> int:
    """Return the number of the sentence that holds a span."""
    return next(n for n, s in enumerate(adoc.sentences) if s.span.covers(span))


def build_time(adoc: AnnotatedDocument, words: str, day: dt.date) -> Timex:
    """Return a time of one day."""
    span = find_span(adoc, words)
    return Timex(
        span=span,
        sentence=sentence_number(adoc, span),
        type=TimexType.DATE,
        value=day.isoformat(),
        start=day,
        end=day,
        granularity="day",
        rule="test",
    )


def build_place(adoc: AnnotatedDocument, words: str) -> Place:
    """Return a city of that name."""
    span = find_span(adoc, words)
    return Place(
        span=span,
        sentence=sentence_number(adoc, span),
        name=words,
        precision=Precision.CITY,
        role=PlaceRole.PLACE,
        country="UKR",
        basis="table",
    )


def build_event(
    adoc: AnnotatedDocument,
    trigger: str,
    event_type: EventType = EventType.ASSAULT,
    *,
    factuality: Factuality = Factuality.HAPPENED,
    time: Timex | None = None,
    places: tuple[Place, ...] = (),
) -> Event:
    """Return an event called up by `trigger`, with what its own clause gives it."""
    span = find_span(adoc, trigger)
    when = None
    if time is not None and time.start is not None and time.end is not None:
        when = When(
            start=time.start,
            end=time.end,
            basis=WhenBasis.TEXT,
            granularity="day",
            spans=(time.span,),
        )
    return Event(
        event_id=make_event_id("doc-1", span, event_type, (), ()),
        doc_id="doc-1",
        sentence=adoc.sentences[sentence_number(adoc, span)].span,
        event_type=Cited(event_type, (span,), "test"),
        factuality=Cited(factuality, (span,), "test"),
        when=when,
        where=places,
        confidence=0.9,
        rule="test",
    )


def build_choices(
    *,
    happening: dict[str, float] | None = None,
    when: dict[str, float] | None = None,
    where: dict[str, float] | None = None,
) -> Choices:
    """Return weights for a test; what is not given weighs nothing."""
    return Choices(
        happening=happening or {},
        when=when or {},
        where=where or {},
        definite=frozenset({"the"}),
        indefinite=frozenset({"a"}),
        open_start=frozenset({"since"}),
        group_heads=frozenset({"side"}),
        group_counts={"both": 2},
    )
