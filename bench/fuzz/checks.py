"""What must hold of whatever comes out."""

import itertools
from collections.abc import Iterator, Sequence

import msgspec

from onrecord.model.annotation import AnnotatedDocument
from onrecord.model.document import (
    DateBasis,
    Document,
    Rejected,
    make_doc_id,
    make_rejected,
)
from onrecord.model.event import CodedDocument
from onrecord.model.span import Span

MAX_REASON = 1_500  # characters; a reason is for people


class Broken(AssertionError):
    """Say which promise does not hold."""


def check_reports(reports: Sequence[object]) -> None:
    """Raise `Broken` unless every report can be stored, cited and counted."""
    _hold(bool(reports), "nothing was said of the input")
    for report in reports:
        msgspec.msgpack.encode(report)  # raises on lone surrogates
        if isinstance(report, Document):
            _check_document(report)
        elif isinstance(report, Rejected):
            _check_rejected(report)
        else:
            raise Broken(f"a {type(report).__name__} came out")


def _check_document(d: Document) -> None:
    _hold(bool(d.text[d.body_start :].strip()), "a report without text")
    _hold(d.doc_id == make_doc_id(d.text, d.date, d.outlet), "an id of something else")
    _hold(
        (d.date is None) == (d.date_basis is DateBasis.UNKNOWN),
        "a date without a basis, or a basis without a date",
    )
    absent = (d.title, d.url, d.outlet, d.language, d.source_id, d.file)
    _hold("" not in absent, "an empty string for what is absent")
    _hold(bool(d.source_id and d.file), "a report without a name or a file")


def _check_rejected(r: Rejected) -> None:
    _hold(r.stage == "read", f"the stage is {r.stage}")
    _hold(0 < len(r.reason) < MAX_REASON, f"a reason of {len(r.reason)} characters")
    _hold(bool(r.file), "a refusal without a file")
    again = make_rejected(
        **{k: v for k, v in msgspec.structs.asdict(r).items() if k != "rejected_id"}
    )
    _hold(r == again, "an id of something else")


def check_layers(adoc: AnnotatedDocument, cdoc: CodedDocument) -> None:
    """Raise `Broken` unless all layers stand in the text and fit each other."""
    text = adoc.document.text
    for span in itertools.chain(spans_of(adoc), spans_of(cdoc)):
        _hold(span.end <= len(text), f"{span} lies outside of the text")
    for sentence in adoc.sentences:
        for token in sentence.tokens:
            _hold(token.span.of(text) == token.text, f"{token.span} is another word")
            _hold(bool(token.text.strip()), f"{token.span} is a blank word")
            _hold(sentence.span.covers(token.span), f"{token.span} left its sentence")
        pairs = itertools.pairwise(sentence.tokens)
        _hold(all(a.end <= b.start for a, b in pairs), "words overlap")
    spans = itertools.pairwise(sentence.span for sentence in adoc.sentences)
    _hold(all(a.end <= b.start for a, b in spans), "sentences overlap")
    _check_spoken(adoc)
    _check_coded(cdoc, text)


def _check_spoken(adoc: AnnotatedDocument) -> None:
    for nominal in adoc.nominals:
        head = adoc.sentences[nominal.sentence].tokens[nominal.head]
        _hold(nominal.span.covers(head.span), f"{nominal.span} is without its head")
    for said in adoc.attributions:
        cue = adoc.sentences[said.sentence].tokens[said.cue_token]
        _hold(said.cue.overlaps(cue.span), f"the cue {said.cue} is without its head")
        _hold(list(said.content) == sorted(said.content), "contents out of order")


def _check_coded(cdoc: CodedDocument, text: str) -> None:
    ids = [e.event_id for e in cdoc.events]
    said = [s.statement_id for s in cdoc.statements]
    _hold(len(ids) == len(set(ids)), "an event twice")
    _hold(len(said) == len(set(said)), "a statement twice")
    for event in cdoc.events:
        _hold(event.sentence.covers(event.trigger), "a trigger left its sentence")
        _hold(0 <= event.confidence <= 1, f"a confidence of {event.confidence}")
        _hold(bool(event.trigger.of(text).strip()), "a blank trigger")
    known = set(ids)
    _hold(
        all(known.issuperset(s.events) for s in cdoc.statements),
        "a statement holds an event that is not there",
    )


def check_line(line: object, text: str) -> None:
    """Raise `Broken` unless each span of a line carries the words it covers."""
    if isinstance(line, dict):
        if "start" in line and "text" in line:
            words = text[line["start"] : line["end"]]
            _hold(line["text"] == words, f"{line['text']!r} is not {words!r}")
            _hold(bool(words.strip()), f"{words!r} is blank")
        for value in line.values():
            check_line(value, text)
    elif isinstance(line, list):
        for value in line:
            check_line(value, text)


def spans_of(value: object) -> Iterator[Span]:
    """Yield every span anywhere inside a record."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            yield from spans_of(getattr(value, field))
    elif isinstance(value, tuple):
        for item in value:
            yield from spans_of(item)


def _hold(is_so: bool, what: str) -> None:
    if not is_so:
        raise Broken(what)
