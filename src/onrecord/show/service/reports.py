"""Reports: a page of them, and one with its text and what was found in it."""

from pathlib import Path
from typing import Annotated

from litestar import get
from litestar.params import Parameter

from onrecord.show.service.answer import not_found
from onrecord.show.service.paging import After, Limit
from onrecord.show.views.listing import USUAL, Listing
from onrecord.show.views.reports import (
    ReportOrder,
    ReportRow,
    ReportView,
    list_reports,
    report_view,
)
from onrecord.store.filters import Filters

Words = Annotated[
    str | None,
    Parameter(max_length=300, description="Words that the title or text all have."),
]


@get("/reports", sync_to_thread=True)
def get_reports(
    record: Path,
    filters: Filters,
    q: Words = None,
    order: ReportOrder = ReportOrder.REPORT,
    limit: Limit = USUAL,
    after: After = None,
    as_of: str | None = None,
) -> Listing[ReportRow]:
    """Return reports in which an event fits; without filters all reports."""
    return list_reports(
        record, filters, words=q, order=order, limit=limit, after=after, as_of=as_of
    )


@get("/reports/{doc_id:str}", sync_to_thread=True)
def get_report(record: Path, doc_id: str, as_of: str | None = None) -> ReportView:
    """Return a report with its text, its events and statements, and its story."""
    found = report_view(record, doc_id, as_of=as_of)
    if found is None:
        not_found(f"no report {doc_id!r} in this record; /api/reports lists them")
    return found
