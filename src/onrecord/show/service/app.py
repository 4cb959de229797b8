"""The service as one application: what answers, and what stands before it."""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import litestar
import msgspec
from litestar import Litestar, Request, Router
from litestar.config.compression import CompressionConfig
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.types import ASGIApp

from onrecord import __version__
from onrecord.errors import OnRecordError, StoreError, UsageError
from onrecord.show.service import (
    diff,
    events,
    happenings,
    record,
    reports,
    review,
    sql,
    statements,
    views,
)
from onrecord.show.service.answer import Answer, tell_http, tell_known, tell_unknown
from onrecord.show.service.filters import read_filters
from onrecord.show.service.guard import Rules, guarded
from onrecord.show.service.page import BUILT, page_handler
from onrecord.show.service.sandbox import Sandbox
from onrecord.show.views.overview import record_version
from onrecord.store.query import keep_connections

HANDLERS = (
    record.get_record,
    record.get_facets,
    events.get_events,
    events.get_event,
    statements.get_statements,
    happenings.get_happenings,
    happenings.get_happening,
    reports.get_reports,
    reports.get_report,
    views.get_brief,
    views.get_series,
    views.get_positions,
    views.get_numbers,
    views.get_claims,
    views.get_stories,
    views.get_story,
    views.get_map,
    views.get_network,
    diff.get_diff,
    sql.get_sql,
)
PACKED_FROM = 1_000  # bytes


def make_service(
    folder: Path,
    rules: Rules,
    *,
    page: Path = BUILT,
    reviewing: review.Reviewing | None = None,
) -> ASGIApp:
    """Return the service of the record in `folder` behind its guard.

    With `reviewing` what people decide on the page is taken; else it only reads.
    """
    rules = msgspec.structs.replace(rules, reviews=reviewing is not None)
    app = make_app(folder, page=page, reviewing=reviewing)
    author = reviewing.author if reviewing else None
    return guarded(app, rules, lambda: _version(folder, author))


def make_app(
    folder: Path, *, page: Path = BUILT, reviewing: review.Reviewing | None = None
) -> Litestar:
    """Return the service of the record in `folder`, which answers whoever asks."""
    keep_connections(folder)
    sandbox = Sandbox(folder)
    api = Router(
        "/api",
        route_handlers=[*HANDLERS, *(review.HANDLERS if reviewing else ())],
        dependencies={
            "record": Provide(lambda: folder, sync_to_thread=False),
            "sandbox": Provide(lambda: sandbox, sync_to_thread=False),
            "filters": Provide(read_filters, sync_to_thread=False),
            "reviewing": Provide(lambda: reviewing, sync_to_thread=False),
        },
        before_request=_check_parameters,
    )
    return Litestar(
        [api, page_handler(page)],
        response_class=Answer,
        compression_config=CompressionConfig(
            backend="gzip", minimum_size=PACKED_FROM, gzip_compress_level=5
        ),
        exception_handlers={
            OnRecordError: tell_known,
            HTTPException: tell_http,
            Exception: tell_unknown,
        },
        logging_config=None,
        openapi_config=OpenAPIConfig(
            title="onrecord",
            version=__version__,
            description="A record of political events, read only.",
            path="/api/openapi.json",
            render_plugins=[JsonRenderPlugin(path="/")],
            use_handler_docstrings=True,
        ),
    )


async def _check_parameters(request: Request[Any, Any, Any]) -> None:
    """Raise `UsageError` for a parameter that the handler does not know."""
    known = _parameters(request.app)(request.scope["path_template"])
    for name in request.query_params:
        if name not in known:
            listed = ", ".join(sorted(known)) or "none"
            raise UsageError(f"parameter {name!r} is not known here; known: {listed}")


@functools.lru_cache(maxsize=4)
def _parameters(app: litestar.Litestar) -> Callable[[str], frozenset[str]]:
    """Return what tells the query parameters of a path, as the OpenAPI has them."""
    paths = app.openapi_schema.to_schema()["paths"]
    known = {
        path: frozenset(
            p["name"]
            for operation in item.values()
            for p in operation.get("parameters", ())
            if p["in"] == "query"
        )
        for path, item in paths.items()
    }
    return lambda path: known.get(path, frozenset())


def _version(folder: Path, author: str | None = None) -> str | None:
    """Return what changes with what is served; None for a broken record."""
    try:
        return f"{__version__} {record_version(folder)} {author or ''}"
    except StoreError:
        return None
