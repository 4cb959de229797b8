"""How many of the reports that tell of something do not depend on each other."""

from collections.abc import Iterable, Mapping


def count_origins(
    outlets: Mapping[str, str | None], links: Iterable[tuple[str, str]]
) -> int:
    """Return the number of independent origins among reports.

    `outlets` gives each report's outlet, None where nobody knows it; `links` are pairs
    of reports of which one depends on the other. An outlet is one origin, however
    often it reports.
    """
    roots = {doc_id: doc_id for doc_id in outlets}

    def root(doc_id: str) -> str:
        while roots[doc_id] != doc_id:
            roots[doc_id] = roots[roots[doc_id]]
            doc_id = roots[doc_id]
        return doc_id

    by_outlet: dict[str, str] = {}
    for doc_id, outlet in outlets.items():
        if outlet is not None:
            roots[root(doc_id)] = root(by_outlet.setdefault(outlet.casefold(), doc_id))
    for one, other in links:
        if one in roots and other in roots:
            roots[root(one)] = root(other)
    return sum(root(doc_id) == doc_id for doc_id in roots)
