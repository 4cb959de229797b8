"""How an answer becomes JSON, and what goes wrong an error that says what to do."""

import logging
from typing import Any, NoReturn

import msgspec
from litestar import MediaType, Request, Response
from litestar.exceptions import HTTPException, NotFoundException, ValidationException

from onrecord.errors import (
    OnRecordError,
    QueryError,
    RecordLocked,
    StoreError,
    UsageError,
)
from onrecord.show.service.utf16 import with_utf16
from onrecord.show.values import plain_value

logger = logging.getLogger(__name__)

STATUSES: tuple[tuple[type[OnRecordError], int], ...] = (
    (UsageError, 400),
    (RecordLocked, 409),
    (QueryError, 422),
    (StoreError, 503),
)


class Answer(Response[Any]):
    """An answer in JSON, with places in UTF-16 beside those in code points."""

    def render(self, content: Any, media_type: str, enc_hook: Any = None) -> bytes:
        """Return the body."""
        if media_type != MediaType.JSON or isinstance(content, bytes):
            return super().render(content, media_type, enc_hook)
        plain = msgspec.to_builtins(content, enc_hook=plain_value)
        return msgspec.json.encode(with_utf16(plain))


class Problem(msgspec.Struct, frozen=True):
    """What went wrong, where, and what to do now."""

    error: str


def not_found(what: str) -> NoReturn:
    """Say that the record has no such thing."""
    raise NotFoundException(detail=what)


def tell_known(_: Request[Any, Any, Any], err: OnRecordError) -> Response[Problem]:
    """Answer with what was raised on purpose."""
    status = next((code for kind, code in STATUSES if isinstance(err, kind)), 500)
    return problem(str(err), status)


def tell_http(_: Request[Any, Any, Any], err: HTTPException) -> Response[Problem]:
    """Answer with what the parameters or the address have wrong."""
    return problem(_told(err), err.status_code)


def tell_unknown(_: Request[Any, Any, Any], err: Exception) -> Response[Problem]:
    """Answer that the program failed; how goes to standard error, not to the asker."""
    logger.error("a request failed", exc_info=err)
    return problem(
        "the service failed; its standard error says how. Please report it", 500
    )


def problem(message: str, status: int) -> Response[Problem]:
    """Return an answer that only tells what went wrong."""
    return Response(Problem(message), status_code=status, media_type=MediaType.JSON)


def _told(err: HTTPException) -> str:
    if isinstance(err, ValidationException) and isinstance(err.extra, list):
        return "; ".join(f"{e.get('key')}: {e['message']}" for e in err.extra)
    if err.status_code == 404 and err.detail == "Not Found":
        return "there is nothing at this address; /api/openapi.json lists all"
    if err.status_code == 405:
        return "a record is read, not changed: use GET"
    return err.detail
