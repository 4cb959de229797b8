"""The record at a glance, and what its filters can be set to."""

from litestar import get

from onrecord.show.service.given import Chosen, Here, Run
from onrecord.show.views.facets import Facets, facets
from onrecord.show.views.overview import Overview, overview


@get("/record", sync_to_thread=True)
def get_record(record: Here, as_of: Run = None) -> Overview:
    """Return what the record holds, from when to when, made by which runs."""
    return overview(record, as_of=as_of)


@get("/facets", sync_to_thread=True)
def get_facets(record: Here, filters: Chosen, as_of: Run = None) -> Facets:
    """Return for each filter the values that the events have which fit."""
    return facets(record, filters, as_of=as_of)
