"""Events that rules of other packages find, and what such a rule is given to use."""

from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from onrecord.code.coder import code_candidate
from onrecord.code.trigger import Candidate
from onrecord.errors import OnRecordError
from onrecord.lexicon.kit import Kit
from onrecord.model.annotation import AnnotatedDocument
from onrecord.model.event import Event, EventType, make_event_id
from onrecord.model.span import Span
from onrecord.plugins import Plugin, failed

Rule = Callable[[AnnotatedDocument, Kit], Iterable[Event]]
CONFIDENCE = 0.5  # where a rule says none: it was measured by nobody here


class NamedRule(msgspec.Struct, frozen=True):
    """A rule, with the plug-in it comes from."""

    plugin: Plugin
    find: Rule


def find_by_rules(
    adoc: AnnotatedDocument, kit: Kit, rules: Sequence[NamedRule]
) -> Iterator[Event]:
    """Yield what rules find, each event checked; raise `PluginError` for a bad one.

    An event names its rule as `rules/NAME`, whatever it says itself.
    """
    for rule in rules:
        try:
            for event in rule.find(adoc, kit):
                yield _checked(event, adoc, f"rules/{rule.plugin.name}")
        except OnRecordError:
            raise
        except Exception as err:
            raise failed(rule.plugin, err) from err


def event_at(
    adoc: AnnotatedDocument,
    kit: Kit,
    *,
    sentence: int,
    token: int,
    event_type: EventType,
    confidence: float = CONFIDENCE,
) -> Event:
    """Return the event that a word calls up, with every other cell found as usual.

    For rules: `sentence` and `token` are indices into `adoc.sentences` and its tokens.
    What the reader sees in the word is used, but not its type: parties, and whether it
    happened. Else parties stand where the tree has subject and object.
    """
    read = adoc.sentences[sentence]
    word = read.tokens[token]
    candidate = Candidate(
        token=token,
        span=Span(word.start, word.end),
        event_type=event_type,
        confidence=confidence,
        rule="rules",
        score=next((t for t in read.triggers if t.token == token), None),
        match=None,
    )
    return code_candidate(adoc, sentence, candidate, kit)


def _checked(event: Event, adoc: AnnotatedDocument, rule: str) -> Event:
    """Return an event as the record keeps it; raise `ValueError` for one it cannot."""
    if not isinstance(event, Event):
        raise TypeError(f"gave {type(event).__name__}, not Event")
    # Types are not checked when a Struct is made.
    event = msgspec.convert(msgspec.to_builtins(event), Event)
    length = len(adoc.document.text)
    if any(span.end > length for span in _spans(event)):
        raise ValueError("an event cites words beyond the end of the text")
    if all(event.sentence != sentence.span for sentence in adoc.sentences):
        raise ValueError("an event's sentence is none of the report's")
    if not 0 <= event.confidence <= 1:
        raise ValueError("a confidence is a number from 0 to 1")
    doc_id, trigger = adoc.document.doc_id, event.event_type.spans[0]
    return msgspec.structs.replace(
        event,
        doc_id=doc_id,
        event_id=make_event_id(
            doc_id, trigger, event.event_type.value, event.actors, event.recipients
        ),
        event_type=msgspec.structs.replace(event.event_type, rule=rule),
        rule=rule,
    )


def _spans(part: object) -> Iterator[Span]:
    """Yield every span that a record holds, at any depth."""
    if isinstance(part, Span):
        yield part
    elif isinstance(part, msgspec.Struct):
        for name in part.__struct_fields__:
            yield from _spans(getattr(part, name))
    elif isinstance(part, tuple):
        for item in part:
            yield from _spans(item)
