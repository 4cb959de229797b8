"""The views of a record, each as its function returns it."""

from typing import Annotated

from litestar import get
from litestar.params import FromPath, FromQuery, QueryParameter

from onrecord.errors import UsageError
from onrecord.show.service.answer import not_found
from onrecord.show.service.given import Chosen, Here, Run
from onrecord.show.views.brief import ITEMS, Brief, brief
from onrecord.show.views.claims import ROWS as CLAIMS
from onrecord.show.views.claims import Claims, claims
from onrecord.show.views.map import Map, map_view
from onrecord.show.views.network import MOST, USUAL, Network, network
from onrecord.show.views.numbers import numbers
from onrecord.show.views.numbers_shape import Numbers
from onrecord.show.views.positions import positions
from onrecord.show.views.positions_shape import Positions
from onrecord.show.views.series import series
from onrecord.show.views.series_shape import Clock, Series, Step, What
from onrecord.show.views.stories import ROWS as STORIES
from onrecord.show.views.stories import Stories, StoryView, stories, story

Few = Annotated[int, QueryParameter(ge=1, le=500, description="At most so many.")]
FewNodes = Annotated[int, QueryParameter(ge=1, le=MOST, description="At most so many.")]
SOME = 50


@get("/brief", sync_to_thread=True)
def get_brief(
    record: Here, filters: Chosen, limit: Few = ITEMS, as_of: Run = None
) -> Brief:
    """Return what is new from `since` to `until`, days of report; `since` is needed."""
    return brief(record, filters, limit=limit, as_of=as_of)


@get("/series", sync_to_thread=True)
def get_series(
    record: Here,
    filters: Chosen,
    step: FromQuery[Step] = Step.DAY,
    what: FromQuery[What] = What.HAPPENINGS,
    clock: FromQuery[Clock] = Clock.EVENT,
    as_of: Run = None,
) -> Series:
    """Return for each day, week or month what happened, and where that changes."""
    return series(record, filters, step=step, what=what, clock=clock, as_of=as_of)


@get("/positions", sync_to_thread=True)
def get_positions(
    record: Here, filters: Chosen, limit: Few = SOME, as_of: Run = None
) -> Positions:
    """Return who demands, offers, rejects and concedes what, by issue."""
    return positions(record, filters, limit=limit, as_of=as_of)


@get("/numbers", sync_to_thread=True)
def get_numbers(
    record: Here, filters: Chosen, limit: Few = SOME, as_of: Run = None
) -> Numbers:
    """Return numbers over time: what is counted, each value with who says so."""
    return numbers(record, filters, limit=limit, as_of=as_of)


@get("/claims", sync_to_thread=True)
def get_claims(
    record: Here, filters: Chosen, limit: Few = CLAIMS, as_of: Run = None
) -> Claims:
    """Return what somebody says and somebody else denies."""
    return claims(record, filters, limit=limit, as_of=as_of)


@get("/stories", sync_to_thread=True)
def get_stories(
    record: Here, filters: Chosen, limit: Few = STORIES, as_of: Run = None
) -> Stories:
    """Return stories: reports that are no copies, with how many copies they have."""
    return stories(record, filters, limit=limit, as_of=as_of)


@get("/stories/{story_id:str}", sync_to_thread=True)
def get_story(record: Here, story_id: FromPath[str], as_of: Run = None) -> StoryView:
    """Return a story with its reports, and where the words of each copy depart."""
    try:
        return story(record, story_id, as_of=as_of)
    except UsageError as err:
        not_found(f"no story {story_id!r} here ({err}); /api/stories lists them")


@get("/map", sync_to_thread=True)
def get_map(record: Here, filters: Chosen, as_of: Run = None) -> Map:
    """Return where events are: points for known places, areas for the others."""
    return map_view(record, filters, as_of=as_of)


@get("/network", sync_to_thread=True)
def get_network(
    record: Here, filters: Chosen, limit: FewNodes = USUAL, as_of: Run = None
) -> Network:
    """Return who acts on whom, for the parties of most events."""
    return network(record, filters, limit=limit, as_of=as_of)
