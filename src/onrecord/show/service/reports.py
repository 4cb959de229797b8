"""Reports: a page of them, and one with its text and what was found in it."""

from typing import Annotated

from litestar import get
from litestar.params import FromPath, FromQuery, QueryParameter

from onrecord.show.service.answer import not_found
from onrecord.show.service.given import After, Chosen, Here, Limit, Run
from onrecord.show.views.listing import USUAL, Listing
from onrecord.show.views.reports import (
    ReportOrder,
    ReportRow,
    ReportView,
    list_reports,
    report_view,
)

Words = Annotated[
    str | None,
    QueryParameter(max_length=300, description="Words that title or text have."),
]


@get("/reports", sync_to_thread=True)
def get_reports(
    record: Here,
    filters: Chosen,
    q: Words = None,
    order: FromQuery[ReportOrder] = ReportOrder.REPORT,
    limit: Limit = USUAL,
    after: After = None,
    as_of: Run = None,
) -> Listing[ReportRow]:
    """Return reports in which an event fits; without filters all reports."""
    return list_reports(
        record, filters, words=q, order=order, limit=limit, after=after, as_of=as_of
    )


@get("/reports/{doc_id:str}", sync_to_thread=True)
def get_report(record: Here, doc_id: FromPath[str], as_of: Run = None) -> ReportView:
    """Return a report with its text, its events and statements, and its story."""
    found = report_view(record, doc_id, as_of=as_of)
    if found is None:
        not_found(f"no report {doc_id!r} in this record; /api/reports lists them")
    return found
