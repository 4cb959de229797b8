"""The way of data, top to bottom: START HERE.

    read          bytes -> Document                  onrecord.read.read_reports
    understand    Document -> AnnotatedDocument      below
    code          AnnotatedDocument -> CodedDocument below
    collapse      reports -> stories, happenings     onrecord.collapse
    store         all of it -> Delta Lake tables     onrecord.store
    show          the record -> tables and exports   onrecord.show

`engine` calls `process` for many reports; the commands in `cli` call the rest.
`relate` goes a way of its own: from two given spans of a text to what one does to the
other.
"""

from collections.abc import Sequence

from onrecord.code.coder import code_events
from onrecord.code.plugged import NamedRule, find_by_rules
from onrecord.code.relate import relate as relate_sentences
from onrecord.code.statements import code_statements
from onrecord.lexicon.kit import Kit
from onrecord.lexicon.relations import Relations
from onrecord.model.annotation import AnnotatedDocument, Sentence
from onrecord.model.document import Document
from onrecord.model.event import CodedDocument
from onrecord.model.relation import Pair, Relation
from onrecord.understand.attributions import find_attributions
from onrecord.understand.nominals import collect_entities, find_nominals
from onrecord.understand.parse import SentenceCache, parse
from onrecord.understand.places import find_places
from onrecord.understand.quantities import find_quantities
from onrecord.understand.reader import Reader
from onrecord.understand.sentences import split_sentences
from onrecord.understand.times import find_times


def understand(
    document: Document, *, kit: Kit, reader: Reader, cache: SentenceCache
) -> AnnotatedDocument:
    """Return `document` with all its layers."""
    cuts = split_sentences(document.text, start=document.body_start)
    sentences = parse(document.text, cuts, reader=reader, cache=cache)
    nominals = find_nominals(document, sentences, kit=kit)
    times = find_times(document, sentences, kit=kit)
    places = find_places(document, sentences, nominals, kit=kit)
    quantities = find_quantities(document, sentences, times, kit=kit)
    attributions = find_attributions(document, sentences, nominals, kit=kit)
    return AnnotatedDocument(
        document=document,
        sentences=sentences,
        nominals=nominals,
        entities=collect_entities(nominals),
        times=times,
        places=places,
        quantities=quantities,
        attributions=attributions,
    )


def code(
    adoc: AnnotatedDocument, *, kit: Kit, rules: Sequence[NamedRule] = ()
) -> CodedDocument:
    """Return the events and statements of an annotated report."""
    events = code_events(adoc, kit=kit, added=find_by_rules(adoc, kit, rules))
    return CodedDocument(
        document=adoc.document,
        events=events,
        statements=code_statements(adoc, events),
        quantities=adoc.quantities,
    )


def process(
    document: Document,
    *,
    kit: Kit,
    reader: Reader,
    cache: SentenceCache,
    rules: Sequence[NamedRule] = (),
) -> CodedDocument:
    """Understand and code one report."""
    adoc = understand(document, kit=kit, reader=reader, cache=cache)
    return code(adoc, kit=kit, rules=rules)


def relate(
    pair: Pair, *, kit: Kit, relations: Relations, reader: Reader, cache: SentenceCache
) -> Relation:
    """Return what the actor of a pair does to its recipient."""
    sentences = read_sentences(pair, reader=reader, cache=cache)
    return relate_sentences(pair, sentences, kit=kit, relations=relations)


def read_sentences(
    pair: Pair, *, reader: Reader, cache: SentenceCache
) -> tuple[Sentence, ...]:
    """Return the sentence that holds both spans, else those that hold either.

    All sentences of the text where the pair names neither.
    """
    cuts = split_sentences(pair.text)
    spans = [span for span in (pair.actor, pair.recipient) if span is not None]
    touched = [[cut.span.overlaps(span) for span in spans] for cut in cuts]
    chosen = [
        [cut for cut, over in zip(cuts, touched, strict=True) if wanted(over)]
        for wanted in (all, any)
    ]
    read = cuts if not spans else chosen[0][:1] or chosen[1] or cuts
    return parse(pair.text, tuple(read), reader=reader, cache=cache)
