"""Events: a page of them, and one with all that it rests on."""

from typing import Any

from litestar import get
from litestar.params import FromPath, FromQuery

from onrecord.show.service.answer import not_found
from onrecord.show.service.given import After, Chosen, Here, Limit, Run
from onrecord.show.views.event import EventView, event_view
from onrecord.show.views.events_listing import Order, list_events
from onrecord.show.views.listing import USUAL, Listing

Row = dict[str, Any]


@get("/events", sync_to_thread=True)
def get_events(
    record: Here,
    filters: Chosen,
    order: FromQuery[Order] = Order.WHEN,
    limit: Limit = USUAL,
    after: After = None,
    as_of: Run = None,
) -> Listing[Row]:
    """Return events as `onrecord events` writes them, with outlet, date and title."""
    return list_events(
        record, filters, order=order, limit=limit, after=after, as_of=as_of
    )


@get("/events/{event_id:str}", sync_to_thread=True)
def get_event(record: Here, event_id: FromPath[str], as_of: Run = None) -> EventView:
    """Return an event with its words marked, its report, its copies and its happening.

    `start16` and `end16` of a mark are its place in the sentence as UTF-16.
    """
    found = event_view(record, event_id, as_of=as_of)
    if found is None:
        not_found(f"no event {event_id!r} in this record; /api/events lists them")
    return found
