"""The line of a report as CONTRACT.md section 5 has it, with why and what else."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from onrecord.collapse.explain import drift_between
from onrecord.collapse.reports import Collapsed, Comparer
from onrecord.model.document import Document
from onrecord.model.span import Span
from onrecord.model.story import Drift, Explanation, Link, Membership, Relation
from onrecord.records import span_record

Line = dict[str, Any]


def copy_lines(
    documents: Sequence[Document], collapsed: Collapsed, comparer: Comparer
) -> Iterator[Line]:
    """Yield a line for each report, in order.

    One that came twice, the same in text, date and outlet, is an exact copy of itself.
    """
    texts = {d.doc_id: d.text for d in documents}
    places = {m.doc_id: m for m in collapsed.memberships}
    links: dict[str, list[Link]] = {}
    for link in collapsed.links:
        links.setdefault(link.doc_id, []).append(link)
    seen: set[str] = set()
    for document in documents:
        doc_id = document.doc_id
        line = _line(document, places[doc_id], links.get(doc_id, ()), texts, comparer)
        if doc_id in seen:
            again = {"relation": "exact", "of": doc_id, "similarity": 1.0}
            line |= {**again, "drift": [], "links": [], "explanation": None}
        seen.add(doc_id)
        yield line


def _line(
    document: Document,
    place: Membership,
    links: Sequence[Link],
    texts: Mapping[str, str],
    comparer: Comparer,
) -> Line:
    explanation = None
    if place.of is not None and place.relation is not Relation.EXACT:
        explanation = comparer.explain(place.of, place.doc_id)
    original = texts[place.of] if place.of else ""
    drift = drift_between(explanation) if explanation else ()
    return {
        "doc_id": document.doc_id,
        "source_id": document.source_id,
        "story_id": place.story_id,
        "relation": place.relation.value,
        "of": place.of,
        "similarity": place.similarity,
        "drift": [_drift(d, original, document.text) for d in drift],
        "links": [_link(link, texts, comparer) for link in links],
        "explanation": explanation
        and _explanation(explanation, original, document.text),
    }


def _drift(drift: Drift, original: str, copy: str) -> Line:
    return {
        "original": _span(drift.original, original),
        "copy": _span(drift.copy, copy),
        "changes": [change.value for change in drift.changes],
    }


def _link(link: Link, texts: Mapping[str, str], comparer: Comparer) -> Line:
    """Return a link with the departures that change what is told."""
    found = drift_between(comparer.explain(link.of, link.doc_id))
    original, copy = texts[link.of], texts[link.doc_id]
    return {
        "of": link.of,
        "kind": link.kind.value,
        "similarity": link.similarity,
        "drift": [_drift(d, original, copy) for d in found if d.changes],
    }


def _explanation(explanation: Explanation, original: str, copy: str) -> Line:
    return {
        "covered": explanation.covered,
        "kept": explanation.kept,
        "verbatim": explanation.verbatim,
        "anchored": explanation.anchored,
        "names": list(explanation.names),
        "numbers": list(explanation.numbers),
        "quotations": [_span(span, copy) for span in explanation.quotations],
        "sentences": [
            {
                "original": [_span(span, original) for span in aligned.original],
                "copy": _span(aligned.copy, copy),
                "similarity": aligned.similarity,
            }
            for aligned in explanation.sentences
        ],
    }


def _span(span: Span | None, text: str) -> Line | None:
    return span_record(span, text) if span else None
