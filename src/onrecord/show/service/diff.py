"""What two runs of the record read differently, a page at a time."""

from typing import Annotated

from litestar import get
from litestar.params import QueryParameter

from onrecord.show.service.given import After, Chosen, Here, Limit
from onrecord.show.views.diff import diff
from onrecord.show.views.diff_shape import DiffPage
from onrecord.show.views.listing import USUAL

Compared = Annotated[
    str,
    QueryParameter(
        max_length=100,
        description="Number or id of a run; NAME:RUN for one of another coder.",
    ),
]


@get("/diff", sync_to_thread=True)
def get_diff(
    record: Here,
    filters: Chosen,
    a: Compared,
    b: Compared,
    limit: Limit = USUAL,
    after: After = None,
) -> DiffPage:
    """Return what run `b` reads differently from run `a`, event by event.

    The counts, and the reports that only one of the runs coded, come with the first
    page.
    """
    return diff(record, a, b, filters).page(limit=limit, after=after)
