"""A record with hostile and foreign texts, and a way to ask the service about it."""

import asyncio
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import httpx
import msgspec
import pytest

from onrecord.engine.run import run_reports
from onrecord.show.service.app import make_service
from onrecord.show.service.guard import Rules
from tests.support import reports

SCRIPT = "<script>alert(1)</script>"
FORMULA = '=HYPERLINK("http://example.com")'


@pytest.fixture(scope="session")
def record(tmp_path_factory) -> Path:
    """Four reports: one with a copy, one with emoji, one of script and formulas."""
    path = tmp_path_factory.mktemp("service") / "rec"
    original = "Rulers met, the envoy said. 300 troops."
    hostile = f"{FORMULA} {SCRIPT} Rulers met."
    items = [
        reports.report(original, date=dt.date(2022, 1, 20)),
        reports.report(original, date=dt.date(2022, 1, 21), outlet="Herald"),
        reports.report("R😀😀 have not met. 😀", date=dt.date(2022, 1, 22)),
        msgspec.structs.replace(
            reports.report(hostile, date=dt.date(2022, 1, 23)), title=SCRIPT
        ),
    ]
    run_reports(path, items, inputs=["x"], coder=reports.coder())
    return path


@pytest.fixture(scope="session")
def page(tmp_path_factory) -> Path:
    """A built page with a file, a folder, and links out of it."""
    root = tmp_path_factory.mktemp("page")
    (root / "secret.txt").write_text("secret", encoding="utf-8")
    folder = root / "web"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><p>built", encoding="utf-8")
    (folder / "assets/app.js").write_text("export {}", encoding="utf-8")
    (folder / "link.txt").symlink_to(root / "secret.txt")
    (folder / "up").symlink_to(root)
    return folder


Ask = Callable[..., httpx.Response]


def asker(record: Path, rules: Rules, page: Path) -> Ask:
    """Return what asks the service for a path and returns the response."""
    service = make_service(record, rules, page=page)

    async def send(path: str, method: str, **asked: object) -> httpx.Response:
        transport = httpx.ASGITransport(app=service)
        base = "http://localhost:8642"
        async with httpx.AsyncClient(transport=transport, base_url=base) as client:
            return await client.request(method, path, **asked)

    def ask(path: str, *, method: str = "GET", **asked: object) -> httpx.Response:
        return asyncio.run(send(path, method, **asked))

    return ask


@pytest.fixture(scope="session")
def ask(record, page) -> Ask:
    """Ask the service of the record, as from this machine."""
    return asker(record, Rules(), page)


@pytest.fixture(scope="session")
def ask_with_token(record, page) -> Ask:
    """Ask a service that wants a token and answers to addresses."""
    rules = Rules(
        hosts=frozenset({"localhost", "box.example"}),
        addresses=True,
        token="a-long-enough-token",
    )
    return asker(record, rules, page)
