"""Review mode: events to judge, and decisions taken. There only when asked for."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.exceptions import ClientException, HTTPException
from litestar.params import FromPath, FromQuery, QueryParameter, RawBody
from litestar.types import ControllerRouterHandler

from onrecord.model.correction import Correction, Verdict
from onrecord.model.judgement import Answer, Judgement
from onrecord.show.review import Sample
from onrecord.show.review_view import (
    ReviewQueue,
    ReviewState,
    review_queue,
    review_state,
)
from onrecord.show.service.answer import not_found
from onrecord.show.service.given import Chosen, Here
from onrecord.show.views.listing import USUAL

MOST = 200

Few = Annotated[
    int, QueryParameter(ge=1, le=MOST, description="At most so many events.")
]
Seed = Annotated[int, QueryParameter(ge=0, le=2**31, description="Of the draw.")]


class Reviewing(msgspec.Struct, frozen=True):
    """Who judges here, and what takes a decision.

    `decide` returns the corrections that are new. It raises `RecordLocked` while a run
    writes to the record, and `ValueError` for what cannot be taken.
    """

    author: str
    decide: Callable[[Judgement], tuple[Correction, ...]]


class Given(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the page sends."""

    event_id: str
    verdict: Verdict
    fix: dict[str, Any] = {}
    note: str | None = None


class TakenRow(msgspec.Struct, frozen=True):
    """A correction that is new."""

    correction_id: str
    verdict: str
    cell: str | None


class TakenAnswer(msgspec.Struct, frozen=True):
    """What was taken, and how the event stands now."""

    taken: tuple[TakenRow, ...]
    state: ReviewState


Who = NamedDependency[Reviewing]


@get("/review/queue", sync_to_thread=True)
def get_queue(
    record: Here,
    filters: Chosen,
    reviewing: Who,
    sample: FromQuery[Sample] = Sample.UNCERTAIN,
    seed: Seed = 0,
    limit: Few = USUAL,
    judged: FromQuery[bool] = False,
) -> ReviewQueue:
    """Return events to judge, with the codes that can be chosen."""
    return review_queue(
        record,
        filters,
        author=reviewing.author,
        sample=sample,
        seed=seed,
        limit=limit,
        judged=judged,
    )


@get("/review/state/{event_id:str}", sync_to_thread=True)
def get_state(record: Here, event_id: FromPath[str]) -> ReviewState:
    """Return what was decided about an event, also about one that was rejected."""
    return _state(record, event_id)


@post("/review", sync_to_thread=True)
def post_review(record: Here, reviewing: Who, body: RawBody) -> Response[TakenAnswer]:
    """Take a decision about an event: accept, reject, or fix cells."""
    given = _given(body)
    _state(record, given.event_id)
    judgement = Judgement(
        position=1,
        text="",
        answer=Answer.REJECT if given.verdict is Verdict.REJECT else Answer.ACCEPT,
        fix=given.fix,
        event_id=given.event_id,
        author=reviewing.author,
        note=given.note,
    )
    try:
        taken = reviewing.decide(judgement)
    except ValueError as err:
        raise HTTPException(detail=str(err), status_code=422) from None
    answer = TakenAnswer(
        tuple(
            TakenRow(one.correction_id, one.verdict.value, one.cell) for one in taken
        ),
        _state(record, given.event_id),
    )
    return Response(answer, status_code=201 if taken else 200)


HANDLERS: tuple[ControllerRouterHandler, ...] = (get_queue, get_state, post_review)


def _state(record: Path, event_id: str) -> ReviewState:
    found = review_state(record, event_id)
    if found is None:
        not_found(f"no event {event_id!r} in this record; /api/events lists them")
    return found


def _given(raw: bytes) -> Given:
    try:
        given = msgspec.json.decode(raw, type=Given)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as err:
        raise ClientException(detail=f"the body cannot be read: {err}") from None
    if (given.verdict is Verdict.FIX) != bool(given.fix):
        raise ClientException(detail="the verdict `fix` comes with cells to fix")
    return given
