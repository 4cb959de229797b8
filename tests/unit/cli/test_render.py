"""Tables on a terminal, safe whatever a report or a query puts into them."""

import io

import pytest

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
