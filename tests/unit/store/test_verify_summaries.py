import shutil
from pathlib import Path

import duckdb
import pytest

from onrecord.engine.run import run_reports
from onrecord.store.summaries import FILE
from onrecord.store.verify import verify
from tests.support.reports import coder, report


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("verified") / "record"
    reports = [report(f"A{n} met B{n} and said {n}.") for n in range(3)]
    run_reports(path, reports, inputs=["one"], coder=coder())
    return path


@pytest.fixture
def record(kept: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(kept, tmp_path / "record"))


def test_damaged_block_of_the_summaries_is_found(record: Path) -> None:
    raw = bytearray((record / FILE).read_bytes())
    for place in range(3 * 4096 + 262_144 + 100, len(raw), 262_144):
        raw[place] ^= 255
    (record / FILE).write_bytes(raw)

    (finding,) = verify(record)
    assert finding.where == str(record / FILE)
    assert "cannot be read" in finding.problem
    assert "the next run makes it anew" in finding.advice


def test_summaries_that_lost_a_row_are_found(record: Path) -> None:
    with duckdb.connect(record / FILE) as connection:
        connection.execute(
            "DELETE FROM reports WHERE doc = (SELECT min(doc) FROM reports)"
        )

    (finding,) = verify(record)
    assert finding.problem == "it counts 2 reports, the record 3"


def test_summaries_of_other_versions_are_no_fault(record: Path) -> None:
    old = (record / FILE).read_bytes()
    run_reports(record, [report("A7 met B.")], inputs=["two"], coder=coder())
    (record / FILE).write_bytes(old)

    assert list(verify(record)) == []
