"""Any text in any cell of an export comes back, on one line, from a strict reader."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.show.export.csvfile import COLUMNS, write_csv, write_tsv
from onrecord.show.export.formats import FORMATS
from onrecord.show.export.geojson import write_geojson
from onrecord.show.export.plover import write_plover
from onrecord.show.visible import one_line
from tests.support.exports import REPORT, build_row, tab_rows, written
from tests.support.lines import build_party

PIECES = (
    "=",
    "+",
    "-",
    "@",
    '"',
    "'",
    "\t",
    "\n",
    "\r\n",
    ",",
    ";",
    "\x1b",
    "\ud83d",
    "é",
)
texts = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=())),
    st.lists(st.sampled_from(PIECES)).map("".join),
)


def row_of(name: str, title: str, url: str) -> dict:
    party = build_party("Russia", name, country="RUS", sectors=["GOV"], role=title)
    report = {**REPORT, "title": title, "outlet": name, "url": url}
    return build_row(actors=[party], report=report)


def shown(text: str) -> str:
    return one_line(text).strip()


@given(texts, texts, texts)
@pytest.mark.parametrize(("write", "comma"), [(write_csv, ","), (write_tsv, "\t")])
def test_a_sheet_gives_back_every_text_and_runs_none(write, comma, name, title, url):
    text, _ = written(write, row_of(name, title, url))
    rows = list(csv.reader(io.StringIO(text), delimiter=comma, strict=True))
    assert [len(row) for row in rows] == [len(COLUMNS)] * 2
    assert text.count("\n") == 2
    found = dict(zip(COLUMNS, rows[1], strict=True))
    for column, given_text in (("report_title", title), ("report_outlet", name)):
        cell = found[column]
        assert cell in (shown(given_text), "'" + shown(given_text))
        assert cell[:1] not in ("=", "@")


@given(texts, texts, texts)
@pytest.mark.parametrize("form", ["polecat", "icews", "phoenix", "gdelt"])
def test_a_tab_separated_file_keeps_its_columns(form, name, title, url):
    entry = FORMATS[form]
    text, _ = written(entry.write, row_of(name, title, url))
    (found,) = tab_rows(text, entry.columns)
    cells = set(found.values())
    outlet = shown(name).replace('"', "'")
    if form != "gdelt":
        assert outlet in cells
    assert "\x1b" not in text


@given(texts, texts, texts)
def test_json_means_the_same_text(name, title, url):
    row = row_of(name, title, url)
    (line,) = written(write_plover, row)[0].splitlines()
    record = json.loads(line)
    assert record["cite_info"]["title"] == title
    assert record["actor"][0]["identifier_text"] == name
    collection = json.loads(written(write_geojson, row)[0])
    assert collection["features"][0]["properties"]["title"] == title
