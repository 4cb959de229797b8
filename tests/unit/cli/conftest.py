"""A record made without the model, and a way to call the command line."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from onrecord.cli import main
from onrecord.engine.run import run_reports
from onrecord.model.document import make_rejected
from tests.support import reports


class Result(msgspec.Struct, frozen=True):
    """How a command ended and what it wrote."""

    code: int
    out: str
    err: str


@pytest.fixture
def call(capfd) -> Callable[..., Result]:
    """Call the command line in this process."""

    def call(*args: object) -> Result:
        with pytest.raises(SystemExit) as ended:
            main([str(arg) for arg in args])
        code = ended.value.code
        written = capfd.readouterr()
        return Result(code, written.out, written.err)

    return call


@pytest.fixture(scope="session")
def record(tmp_path_factory) -> Path:
    """Three reports, one of them a copy, and a rejected one.

    "R" of "Rulers" is the actor of each event (see tests/support/reports.py).
    """
    path = tmp_path_factory.mktemp("cli") / "rec"
    original = "Rulers met, the envoy said. 300 troops."
    items = [
        reports.report(original, date=dt.date(2022, 1, 20)),
        reports.report(original, date=dt.date(2022, 1, 21), outlet="Herald"),
        reports.report("Rulers have not met\x1b[m.", date=dt.date(2022, 1, 22)),
        make_rejected(
            file="bad.jsonl", position="line 2", stage="read", reason="no text"
        ),
    ]
    run_reports(path, items, inputs=["x"], coder=reports.coder())
    return path
