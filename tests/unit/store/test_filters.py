import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from onrecord.engine.run import run_reports
from onrecord.errors import UsageError
from onrecord.store.filters import Filters, where
from onrecord.store.query import query
from tests.support.reports import coder, report


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One event of A on 1 January, said; one negated event of C on 29 January."""
    path = tmp_path_factory.mktemp("filters") / "record"
    reports = [
        report("A met B and said 5.", date=dt.date(2022, 1, 1)),
        report("C did not met D."),
    ]
    run_reports(path, reports, inputs=["one"], coder=coder())
    return path


def shown(record: Path, filters: Filters, table: str = "events") -> list[str]:
    clause = where(filters, table=table)
    key = "speaker.name" if table == "statements" else "actors[1].name"
    found = query(
        record,
        f"SELECT {key} AS name FROM {table} WHERE {clause.sql} ORDER BY 1",
        clause.parameters,
    )
    return found.read_all().column("name").to_pylist()


@pytest.mark.parametrize(
    ("fields", "names"),
    [
        ({}, ["A", "C"]),
        ({"actors": ("a",)}, ["A"]),
        ({"actors": ("A", "C")}, ["A", "C"]),
        ({"actors": ("ent-c",)}, ["C"]),
        ({"actors": ("USA.GOV",)}, ["A", "C"]),
        ({"actors": ("USA.MIL",)}, []),
        ({"recipients": ("met",)}, ["A", "C"]),
        ({"recipients": ("me",)}, []),
        ({"countries": ("usa",)}, ["A", "C"]),
        ({"countries": ("RUS",)}, []),
        ({"types": ("consult",)}, ["A", "C"]),
        ({"types": ("AID",)}, []),
        ({"modes": ("change",)}, []),
        ({"contexts": ("diplomatic", "military")}, ["A", "C"]),
        ({"factualities": ("negated", "denied")}, ["C"]),
        ({"by": ("A",)}, ["A"]),
        ({"since": dt.date(2022, 1, 2)}, ["C"]),
        ({"until": dt.date(2022, 1, 1)}, ["A"]),
        ({"places": ("Minsk",)}, ["A", "C"]),
        ({"places": ("UKR",)}, []),
        ({"stories": ("sto-none",)}, []),
        ({"min_confidence": 0.75}, ["A", "C"]),
        ({"min_confidence": 0.76}, []),
        ({"actors": ("A",), "factualities": ("negated",)}, []),
        ({"actors": ("x'; DROP VIEW events; --",)}, []),
    ],
)
def test_events(record: Path, fields: dict[str, Any], names: list[str]) -> None:
    assert shown(record, Filters(**fields)) == names


@pytest.mark.parametrize(
    ("fields", "names"),
    [
        ({"actors": ("A",)}, ["A"]),
        ({"by": ("C",)}, []),
        ({"recipients": ("A",)}, []),
        ({"types": ("say",)}, ["A"]),
        ({"countries": ("USA",)}, ["A"]),
    ],
)
def test_statements(record: Path, fields: dict[str, Any], names: list[str]) -> None:
    assert shown(record, Filters(**fields), "statements") == names


def test_filter_without_a_column_is_refused() -> None:
    with pytest.raises(UsageError, match="statements cannot be filtered by min conf"):
        where(Filters(min_confidence=0.5), table="statements")


def test_part_of_a_word_does_not_fit() -> None:
    assert "' ' || lower(p.name) || ' '" in where(Filters(actors=("USA",))).sql
