"""Turn attributions into statements, with the events their content holds."""

import bisect
from collections.abc import Sequence

from onrecord.code.circumstances import find_when
from onrecord.code.roles import as_party
from onrecord.model.annotation import AnnotatedDocument, Attribution, Timex
from onrecord.model.event import (
    Event,
    Factuality,
    Statement,
    When,
    make_statement_id,
)
from onrecord.model.evidence import Cited


def code_statements(
    adoc: AnnotatedDocument, events: Sequence[Event]
) -> tuple[Statement, ...]:
    """Return one statement for each attribution, in text order.

    Hearsay ("reportedly"), whose cue is its only source, is no statement.
    """
    found: dict[str, Statement] = {}
    times: dict[int, list[Timex]] = {}
    for timex in adoc.times:
        times.setdefault(timex.sentence, []).append(timex)
    in_order = sorted(events, key=lambda e: e.trigger)
    starts = [e.trigger.start for e in in_order]
    for attribution in adoc.attributions:
        if attribution.speaker.span == attribution.cue:
            continue
        inside = tuple(
            event.event_id
            for content in attribution.content
            for event in in_order[
                bisect.bisect_left(starts, content.start) : bisect.bisect_left(
                    starts, content.end
                )
            ]
        )
        here = times.get(attribution.sentence, [])
        statement = _statement(adoc, attribution, inside, here)
        found.setdefault(statement.statement_id, statement)
    return tuple(found.values())


def _statement(
    adoc: AnnotatedDocument,
    attribution: Attribution,
    events: tuple[str, ...],
    times: Sequence[Timex],
) -> Statement:
    speaker = as_party(attribution.speaker)
    addressee = attribution.addressee
    doc_id = adoc.document.doc_id
    return Statement(
        statement_id=make_statement_id(doc_id, attribution.cue, speaker.span),
        doc_id=doc_id,
        sentence=adoc.sentences[attribution.sentence].span,
        speaker=speaker,
        anonymous=attribution.speaker.anonymous,
        cue=attribution.cue,
        act=Cited(attribution.act, (attribution.cue,), attribution.rule),
        form=attribution.form,
        content=attribution.content,
        addressee=as_party(addressee) if addressee is not None else None,
        venue=attribution.venue,
        when=_when(adoc, attribution, times),
        events=events,
    )


def _when(
    adoc: AnnotatedDocument, attribution: Attribution, times: Sequence[Timex]
) -> When | None:
    outside = [
        t for t in times if not any(c.overlaps(t.span) for c in attribution.content)
    ]
    return find_when(
        adoc.sentences[attribution.sentence],
        attribution.cue_token,
        outside,
        published=adoc.document.date,
        factuality=Factuality.HAPPENED,
    )
