"""Events: a page of them, and one with all that it rests on."""

from pathlib import Path
from typing import Any

from litestar import get

from onrecord.show.service.answer import not_found
from onrecord.show.service.paging import After, Limit
from onrecord.show.views.event import EventView, event_view
from onrecord.show.views.events_listing import Order, list_events
from onrecord.show.views.listing import USUAL, Listing
from onrecord.store.filters import Filters

Row = dict[str, Any]


@get("/events", sync_to_thread=True)
def get_events(
    record: Path,
    filters: Filters,
    order: Order = Order.WHEN,
    limit: Limit = USUAL,
    after: After = None,
    as_of: str | None = None,
) -> Listing[Row]:
    """Return events as `onrecord events` writes them, with outlet, date and title."""
    return list_events(
        record, filters, order=order, limit=limit, after=after, as_of=as_of
    )


@get("/events/{event_id:str}", sync_to_thread=True)
def get_event(record: Path, event_id: str, as_of: str | None = None) -> EventView:
    """Return an event with its words marked, its report, its copies and its happening.

    `start16` and `end16` of a mark are its place in the sentence as UTF-16.
    """
    found = event_view(record, event_id, as_of=as_of)
    if found is None:
        not_found(f"no event {event_id!r} in this record; /api/events lists them")
    return found
