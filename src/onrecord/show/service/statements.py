"""Statements: a page of them."""

from pathlib import Path
from typing import Any

from litestar import get

from onrecord.show.service.paging import After, Limit
from onrecord.show.views.listing import USUAL, Listing
from onrecord.show.views.statements_listing import list_statements
from onrecord.store.filters import Filters


@get("/statements", sync_to_thread=True)
def get_statements(
    record: Path,
    filters: Filters,
    limit: Limit = USUAL,
    after: After = None,
    as_of: str | None = None,
) -> Listing[dict[str, Any]]:
    """Return statements as `onrecord statements` writes them, in order of time."""
    return list_statements(record, filters, limit=limit, after=after, as_of=as_of)
