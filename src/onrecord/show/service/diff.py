"""What two runs of the record read differently, a page at a time."""

import functools
from pathlib import Path
from typing import Annotated

from litestar import get
from litestar.params import QueryParameter

from onrecord.show.service.given import After, Chosen, Here, Limit
from onrecord.show.views.diff import Diff, diff
from onrecord.show.views.diff_shape import DiffPage
from onrecord.show.views.listing import USUAL
from onrecord.show.views.overview import record_version
from onrecord.store.filters import Filters

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
    found = _compare(record, a, b, filters, record_version(record))
    return found.page(limit=limit, after=after)


@functools.lru_cache(maxsize=2)
def _compare(record: Path, a: str, b: str, filters: Filters, _: str) -> Diff:
    """Compare two runs once for all pages, as long as the record stays as it is."""
    return diff(record, a, b, filters)
