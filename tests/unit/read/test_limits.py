"""Named limits, and how they are set."""

from pathlib import Path

import pytest

from onrecord.errors import UsageError
from onrecord.read.limits import (
    DEFAULT_LIMITS,
    Limits,
    beyond,
    limit_names,
    parse_limits,
)


@pytest.mark.parametrize(
    ("option", "field", "value"),
    [
        ("report-characters=20000000", "report_characters", 20_000_000),
        ("page-bytes=500MB", "page_bytes", 500_000_000),
        ("page-bytes = 1.5 kB", "page_bytes", 1500),
        ("archive-bytes=2TB", "archive_bytes", 2_000_000_000_000),
        ("archive_depth=9", "archive_depth", 9),
        ("fetch-seconds=30s", "fetch_seconds", 30.0),
        ("fetch-seconds=2min", "fetch_seconds", 120.0),
        ("fetch-interval=500ms", "fetch_interval", 0.5),
        ("fetch-interval=0", "fetch_interval", 0.0),
    ],
)
def test_limit_is_set(option: str, field: str, value: float) -> None:
    assert getattr(parse_limits([option]), field) == value


def test_other_limits_stay_as_they_are() -> None:
    limits = parse_limits(["page-bytes=1", "mail-bytes=2", "page-bytes=3"])
    assert limits == Limits(page_bytes=3, mail_bytes=2)
    assert parse_limits([]) == DEFAULT_LIMITS


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("pages=1", "no such limit; there are report-characters, record-bytes,"),
        ("=1", "no such limit"),
        ("__init__=1", "no such limit"),
        ("page-bytes", "is not like page-bytes=500MB"),
        ("page-bytes=many", "is not like page-bytes=500MB"),
        ("page-bytes=30s", "is not like page-bytes=500MB"),
        ("page-bytes=-1", "is not like"),
        ("page-bytes=" + "9" * 30, "is not like"),
        ("archive-files=5MB", "is not like archive-files=1000"),
        ("fetch-seconds=5MB", "is not like fetch-seconds=30s"),
        ("archive-files=0", "must be 1 or more"),
    ],
)
def test_wrong_limit_is_said(option: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_limits([option])
    assert said in str(caught.value)


@pytest.mark.parametrize("name", limit_names())
def test_advice_can_be_followed(name: str) -> None:
    field = name.replace("-", "_")
    advice = beyond(DEFAULT_LIMITS, field, "it is too much")
    option = advice.rpartition("--limit ")[2]
    assert getattr(parse_limits([option]), field) > getattr(DEFAULT_LIMITS, field)


def test_every_limit_is_documented() -> None:
    page = Path(__file__).resolve().parents[3] / "docs/how-to/reports.md"
    rows = [
        line.split("|")[1].strip(" `")
        for line in page.read_text(encoding="utf-8").splitlines()
        if line.startswith("| `")
    ]
    assert rows == list(limit_names())
