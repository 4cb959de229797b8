import csv
import io

from onrecord.show.export.csvfile import COLUMNS, write_csv, write_tsv
from tests.support.exports import REPORT, build_row, written
from tests.support.lines import build_party


def read(text, delimiter=","):
    return list(csv.DictReader(io.StringIO(text), delimiter=delimiter, strict=True))


def test_a_sheet_has_the_flat_columns_and_the_reports():
    text, tally = written(write_csv, build_row())
    (row,) = read(text)
    assert tuple(row) == COLUMNS
    assert (row["actors"], row["recipients"], row["cameo"]) == (
        "Russia",
        "Ukraine",
        "10",
    )
    assert (row["report_outlet"], row["report_url"]) == (
        "Demo Wire",
        "https://example.org/a",
    )
    assert (row["mentions"], row["articles"], row["origins"]) == ("5", "3", "2")
    assert (tally.events, tally.rows) == (1, 1)


def test_absent_is_empty():
    (row,) = read(written(write_csv, build_row(report={**REPORT, "url": None}))[0])
    assert {row["report_url"], row["mode"], row["when_from"], row["by"]} == {""}


def test_no_cell_holds_a_line_break_or_a_tab():
    report = {**REPORT, "title": 'a\n\t"b"\r\nc'}
    text, _ = written(write_tsv, build_row(report=report))
    assert len(text.splitlines()) == 2
    (row,) = read(text, "\t")
    assert row["report_title"] == 'a "b" c'


def test_a_formula_is_shown_and_not_run():
    nasty = build_party("Russia", "=HYPERLINK(1)", country="RUS")
    (row,) = read(written(write_csv, build_row(actors=[nasty]))[0])
    assert row["actors"] == "'=HYPERLINK(1)"


def test_a_southern_latitude_stays_a_number():
    place = {"name": "Lima", "country": "PER", "precision": "city"}
    where = [{**place, "lat": -12.04, "lon": -77.03, "geonameid": 1}]
    (row,) = read(written(write_csv, build_row(where=where))[0])
    assert (row["lats"], row["lons"]) == ("-12.04", "-77.03")


def test_the_text_of_a_report_is_there_only_when_asked_for():
    report = {**REPORT, "text": "Whole\ntext."}
    plain, _ = written(write_csv, build_row(report=report))
    assert "Whole" not in plain
    (row,) = read(written(write_csv, build_row(report=report), texts=True)[0])
    assert row["report_text"] == "Whole text."
