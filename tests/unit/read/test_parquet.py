"""Parquet: one report a row."""

import datetime as dt
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from onrecord.model.document import Document, Rejected
from onrecord.read.origin import Origin
from onrecord.read.parquet import read_parquet

DAY = dt.date(2022, 1, 29)


def read(path: Path) -> list[Document | Rejected]:
    return list(read_parquet(path, Origin("in/day.parquet", "day")))


def write(tmp_path: Path, **columns: object) -> Path:
    path = tmp_path / "day.parquet"
    pq.write_table(pa.table(columns), path)
    return path


def test_rows_become_reports(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        Text=["They left.", "They came."],
        id=[7, None],
        headline=["Talks", None],
        weather=[1.5, 2.5],
    )
    first, second = read(path)
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.source_id, first.title, first.position) == ("7", "Talks", "row 1")
    assert (second.source_id, second.title) == ("day#2", None)


@pytest.mark.parametrize(
    "dates",
    [
        pa.array(["2022-01-29"]),
        pa.array([DAY]),
        pa.array([dt.datetime(2022, 1, 29, 23, 30)], pa.timestamp("ns")),  # noqa: DTZ001
        pa.array(
            [dt.datetime(2022, 1, 29, 1, tzinfo=dt.UTC)], pa.timestamp("us", "UTC")
        ),
        pa.array([1643414400123456789], pa.timestamp("ns")),
        pa.array([20220129]),
        pa.array(["29 January 2022"]).dictionary_encode(),
    ],
    ids=["string", "date", "ns", "zone", "odd ns", "int", "dictionary"],
)
def test_dates_of_every_type_are_read(tmp_path: Path, dates: pa.Array) -> None:
    (report,) = read(write(tmp_path, text=["They left."], date=dates))
    assert isinstance(report, Document)
    assert report.date == DAY


def test_bad_row_costs_that_row(tmp_path: Path) -> None:
    path = write(
        tmp_path, text=["a", None, "c"], date=["2022-01-29", "2022-01-29", "soon"]
    )
    kinds = [type(report) for report in read(path)]
    assert kinds == [Document, Rejected, Rejected]


def test_text_that_is_not_utf8_costs_that_row(tmp_path: Path) -> None:
    raw = pa.array([b"a", b"caf\xe9", b"c"], pa.binary())
    bad = pa.Array.from_buffers(pa.string(), 3, raw.buffers())
    first, second, third = read(write(tmp_path, text=bad))
    assert isinstance(first, Document)
    assert isinstance(second, Rejected)
    assert second.position == "row 2"
    assert isinstance(third, Document)


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"a": ["x"]}, "the table has no text column: it has 'a'"),
        ({"text": pa.array([], pa.string())}, "the table has no rows"),
        ({"text": pa.array([b"a"], pa.binary())}, "the text is given as bytes"),
        ({"text": pa.array([["a"]])}, "the text is a list"),
    ],
    ids=["no text", "no rows", "bytes", "list"],
)
def test_what_is_wrong_is_said(
    tmp_path: Path, columns: dict[str, object], reason: str
) -> None:
    (report,) = read(write(tmp_path, **columns))
    assert isinstance(report, Rejected)
    assert report.reason.startswith(reason)


def test_damaged_file_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, text=["They left."] * 100)
    path.write_bytes(path.read_bytes()[:-20])
    (report,) = read(path)
    assert isinstance(report, Rejected)
    assert report.reason.startswith("damaged Parquet")
    assert report.position is None


def test_many_batches_are_numbered_through(tmp_path: Path) -> None:
    reports = read(write(tmp_path, text=["They left."] * 700))
    assert reports[-1].position == "row 700"
