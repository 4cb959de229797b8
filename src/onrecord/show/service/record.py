"""The record at a glance, and what its filters can be set to."""

import msgspec
from litestar import get
from litestar.di import NamedDependency

from onrecord.show.service.given import Chosen, Here, Run
from onrecord.show.service.review import Reviewing
from onrecord.show.views.facets import Facets, facets
from onrecord.show.views.overview import Overview, overview


class ReviewMode(msgspec.Struct, frozen=True):
    """Who judges here."""

    author: str


class Served(Overview, frozen=True, kw_only=True):
    """A record at a glance, and whether decisions about it are taken."""

    review: ReviewMode | None


@get("/record", sync_to_thread=True)
def get_record(
    record: Here, reviewing: NamedDependency[Reviewing | None], as_of: Run = None
) -> Served:
    """Return what the record holds, from when to when, made by which runs.

    `review` tells who judges events on this page; null where nobody can.
    """
    found = overview(record, as_of=as_of)
    mode = ReviewMode(reviewing.author) if reviewing else None
    return Served(**msgspec.structs.asdict(found), review=mode)


@get("/facets", sync_to_thread=True)
def get_facets(record: Here, filters: Chosen, as_of: Run = None) -> Facets:
    """Return for each filter the values that the events have which fit."""
    return facets(record, filters, as_of=as_of)
