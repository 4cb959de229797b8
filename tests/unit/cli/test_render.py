"""Tables on a terminal, safe whatever a report or a query puts into them."""

import io

import pytest
from rich.console import Console

from onrecord.cli import render
from onrecord.cli.output import write_sheet
from onrecord.cli.render import print_table

HOSTILE = "a\x1b[31mb\x9bc\u202ed\ne"
SHOWN = "a\\x1b[31mb\\x9bc\\u202ed e"


def test_column_names_are_made_safe(capsys: pytest.CaptureFixture[str]) -> None:
    print_table([HOSTILE], [["x"]])
    assert capsys.readouterr().out.splitlines()[0].rstrip() == SHOWN


def test_column_names_of_a_sheet_are_made_safe() -> None:
    stream = io.StringIO()
    write_sheet([HOSTILE, "=1+1"], [["x", "y"]], stream, separator=",")
    assert stream.getvalue() == f"{SHOWN},'=1+1\nx,y\n"


def narrow_lines(monkeypatch, header, rows, width):
    stream = io.StringIO()
    console = Console(
        file=stream, width=width, highlight=False, markup=False, emoji=False
    )
    monkeypatch.setattr(render, "stdout_console", lambda: console)
    print_table(header, rows)
    return [line.rstrip() for line in stream.getvalue().splitlines()]


def test_last_columns_stand_below_on_a_narrow_terminal(monkeypatch) -> None:
    header = ["id", "when", "who", "by", "words"]
    row = ["evt-6191be0c8500534b53cb", "2022-01-29", "Russia → Ukraine", "", "w " * 40]
    lines = narrow_lines(monkeypatch, header, [row], 56)
    assert lines[0].split() == ["id", "when", "who"]
    assert lines[1] == "    by · words"
    assert lines[2].split()[:2] == row[:2], "no id is broken"
    assert lines[3].startswith("    – · w w")
    assert all(len(line) <= 56 for line in lines)


def test_a_table_that_fits_stays_side_by_side(monkeypatch) -> None:
    lines = narrow_lines(monkeypatch, ["id", "words"], [["evt-1", "w " * 40]], 60)
    assert lines[0].split() == ["id", "words"]
    assert lines[1].startswith("evt-1  w w")
