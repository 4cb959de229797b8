"""The record at a glance, and what its filters can be set to."""

from pathlib import Path

from litestar import get

from onrecord.show.views.facets import Facets, facets
from onrecord.show.views.overview import Overview, overview
from onrecord.store.filters import Filters


@get("/record", sync_to_thread=True)
def get_record(record: Path, as_of: str | None = None) -> Overview:
    """Return what the record holds, from when to when, made by which runs."""
    return overview(record, as_of=as_of)


@get("/facets", sync_to_thread=True)
def get_facets(record: Path, filters: Filters, as_of: str | None = None) -> Facets:
    """Return for each filter the values that the events have which fit."""
    return facets(record, filters, as_of=as_of)
