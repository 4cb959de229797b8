import csv

import pytest

from onrecord.cli.export import FORMATS
from onrecord.show.export.formats import FORMATS as KNOWN


def test_the_command_knows_every_format():
    assert tuple(KNOWN) == FORMATS


def test_an_export_says_what_it_wrote_on_standard_error(call, record, tmp_path):
    path = tmp_path / "out.tsv"
    done = call("export", record, "--format", "gdelt", "-o", path)
    assert (done.code, done.out) == (0, "")
    assert "negated, not happened" in done.err
    assert str(path) in done.err


def test_filters_are_those_of_events(call, record, tmp_path):
    path = tmp_path / "out.csv"
    filters = ("--factuality", "negated", "--actor", "R")
    done = call("export", record, "--format", "csv", "-o", path, *filters)
    assert done.code == 0
    with path.open(encoding="utf-8", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert row["factuality"] == "negated"
    note = (tmp_path / "out.csv.note.txt").read_text(encoding="utf-8")
    assert "filters   actors R; factualities negated" in note


def test_the_header_can_be_left_out(call, record, tmp_path):
    path = tmp_path / "out.csv"
    call("export", record, "--format", "csv", "-o", path, "--no-header")
    assert path.read_text(encoding="utf-8").startswith("evt-")


def test_a_file_that_is_there_is_wrong_use(call, record, tmp_path):
    path = tmp_path / "out.csv"
    path.touch()
    done = call("export", record, "--format", "csv", "-o", path)
    assert done.code == 2
    assert "--force replaces it" in done.err


@pytest.mark.parametrize("missing", [("--format", "csv"), ("-o", "out.csv")])
def test_format_and_path_must_be_given(call, record, missing):
    assert call("export", record, *missing).code == 2
