"""Turn attributions into statements, with the events their content holds."""

from collections.abc import Sequence

from onrecord.code.circumstances import find_when
from onrecord.code.roles import as_party
from onrecord.model.annotation import AnnotatedDocument, Attribution
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
    """Return one statement for each attribution, in text order."""
    found: dict[str, Statement] = {}
    for attribution in adoc.attributions:
        statement = _statement(adoc, attribution, events)
        found.setdefault(statement.statement_id, statement)
    return tuple(found.values())


def _statement(
    adoc: AnnotatedDocument, attribution: Attribution, events: Sequence[Event]
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
        when=_when(adoc, attribution),
        events=tuple(
            e.event_id
            for e in events
            if any(c.overlaps(e.trigger) for c in attribution.content)
        ),
    )


def _when(adoc: AnnotatedDocument, attribution: Attribution) -> When | None:
    times = [t for t in adoc.times if t.sentence == attribution.sentence]
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
