"""Happenings: a page of them, and one with every sentence that tells of it."""

from litestar import get
from litestar.params import FromPath, FromQuery

from onrecord.show.service.answer import not_found
from onrecord.show.service.given import After, Chosen, Here, Limit, Run
from onrecord.show.views.happenings import (
    HappeningOrder,
    HappeningRow,
    HappeningView,
    happening_view,
    list_happenings,
)
from onrecord.show.views.listing import USUAL, Listing


@get("/happenings", sync_to_thread=True)
def get_happenings(
    record: Here,
    filters: Chosen,
    order: FromQuery[HappeningOrder] = HappeningOrder.WHEN,
    limit: Limit = USUAL,
    after: After = None,
    as_of: Run = None,
) -> Listing[HappeningRow]:
    """Return happenings that an event tells of which fits, each with a sentence."""
    return list_happenings(
        record, filters, order=order, limit=limit, after=after, as_of=as_of
    )


@get("/happenings/{happening_id:str}", sync_to_thread=True)
def get_happening(
    record: Here, happening_id: FromPath[str], as_of: Run = None
) -> HappeningView:
    """Return a happening with the sentences that tell of it."""
    found = happening_view(record, happening_id, as_of=as_of)
    if found is None:
        not_found(f"no happening {happening_id!r} here; /api/happenings lists them")
    return found
