"""Statements: a page of them."""

from typing import Any

from litestar import get

from onrecord.show.service.given import After, Chosen, Here, Limit, Run
from onrecord.show.views.listing import USUAL, Listing
from onrecord.show.views.statements_listing import list_statements


@get("/statements", sync_to_thread=True)
def get_statements(
    record: Here,
    filters: Chosen,
    limit: Limit = USUAL,
    after: After = None,
    as_of: Run = None,
) -> Listing[dict[str, Any]]:
    """Return statements as `onrecord statements` writes them, in order of time."""
    return list_statements(record, filters, limit=limit, after=after, as_of=as_of)
