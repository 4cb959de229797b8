"""The door that answers go through: no words in the text, no cell.

Each quotation is looked up in the sentence it names; a code must be the ontology's; who
is meant, when, where and how many is read from the words by the program's own layers.
What does not pass is dropped and counted.
"""

from collections.abc import Iterable

import msgspec

from onrecord.code.happenings import group_mentions
from onrecord.code.mentions import as_mentions
from onrecord.code.statements import code_statements
from onrecord.lexicon.kit import Kit
from onrecord.llm.account import Asked
from onrecord.llm.answer import Answered
from onrecord.llm.events import make_event
from onrecord.llm.lookup import REPEATED, TOO_MANY, Refused, Text, dropping
from onrecord.llm.pieces import Piece
from onrecord.llm.statements import Quoted, make_attribution
from onrecord.model.annotation import AnnotatedDocument, Attribution
from onrecord.model.event import CodedDocument, Event
from onrecord.model.happening import make_telling_id
from onrecord.model.span import Span

EVENTS_A_SENTENCE = 12
STATEMENTS_A_SENTENCE = 6


def let_in(
    adoc: AnnotatedDocument,
    answers: Iterable[tuple[Piece, Answered]],
    *,
    kit: Kit,
    rule: str,
    asked: Asked,
) -> CodedDocument:
    """Return what of the answers stands in the report; count the rest in `asked`."""
    text = Text(adoc, kit)
    events: dict[str, Event] = {}
    said: dict[tuple[Span, Span], Attribution] = {}
    quoted = Quoted(text)
    for piece, answer in answers:
        _take_events(piece, answer, text, rule, asked, events)
        most = STATEMENTS_A_SENTENCE * (piece.last - piece.first)
        for at, raw in enumerate(answer.statements):
            with dropping(asked.dropped, "statement"):
                if at >= most:
                    raise Refused(TOO_MANY)
                one = make_attribution(
                    raw,
                    text=text,
                    piece=piece,
                    quoted=quoted,
                    rule=rule,
                    dropped=asked.dropped,
                )
                if (one.cue, one.speaker.span) in said:
                    raise Refused(REPEATED)
                said[one.cue, one.speaker.span] = one
    asked.countries.update(text.countries)
    attributions = tuple(sorted(said.values(), key=lambda a: (a.sentence, a.cue)))
    told = _tell(adoc, events.values(), kit)
    own = msgspec.structs.replace(adoc, attributions=attributions)
    return CodedDocument(
        document=adoc.document,
        events=told,
        statements=code_statements(own, told),
        quantities=adoc.quantities,
    )


def _take_events(
    piece: Piece,
    answer: Answered,
    text: Text,
    rule: str,
    asked: Asked,
    events: dict[str, Event],
) -> None:
    most = EVENTS_A_SENTENCE * (piece.last - piece.first)
    for at, raw in enumerate(answer.events):
        with dropping(asked.dropped, "event"):
            if at >= most:
                raise Refused(TOO_MANY)
            event = make_event(
                raw, text=text, piece=piece, rule=rule, dropped=asked.dropped
            )
            if event.event_id in events:
                raise Refused(REPEATED)
            events[event.event_id] = event


def _tell(
    adoc: AnnotatedDocument, events: Iterable[Event], kit: Kit
) -> tuple[Event, ...]:
    """Return the events in text order, mentions of one happening marked as such."""
    ordered = sorted(events, key=lambda e: (e.trigger, e.event_id))
    mentions = as_mentions(adoc, ordered, kit.choices)
    links = group_mentions(mentions, kit.choices.happening)
    return tuple(
        msgspec.structs.replace(
            event,
            telling_id=make_telling_id(ordered[first], event.factuality.value),
        )
        for event, (first, _) in zip(ordered, links, strict=True)
    )
