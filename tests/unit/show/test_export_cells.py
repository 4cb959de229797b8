import pytest

from onrecord.show.export.cells import raw_line
from onrecord.show.visible import plain_cell, sheet_cell


@pytest.mark.parametrize(
    "text", ["=1+1", "+1 day", "-cmd", "@SUM(A1)", "\t=1", " =1", "＝1", "=1;2"]
)
def test_a_formula_gets_an_apostrophe_in_a_sheet(text):
    assert sheet_cell(text) == "'" + text.strip()


@pytest.mark.parametrize(
    "number", ["-33.9", "+5", "-33.9;-12", "-1;;3", "-1e-05", -33.9, -5]
)
def test_a_number_keeps_its_sign(number):
    assert sheet_cell(number) == str(number)


def test_codes_keep_their_zeros():
    assert sheet_cell("04") == "04"


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (False, "false"),
        (2.5, "2.5"),
        ("a\r\n\tb  c", "a b c"),
        ("a\u2028b", "a b"),
        ("a\u00a0b", "a b"),
        ("\x1b[31m", "\\x1b[31m"),
        ("\ud800", "\\ud800"),
        ("Зеленський \U0001f600", "Зеленський \U0001f600"),
    ],
)
def test_a_cell_is_one_line_and_absent_is_empty(value, cell):
    assert plain_cell(value) == cell


def test_a_raw_line_has_no_quotation_marks_that_a_reader_could_take_for_its_own():
    assert raw_line(['"Big" deal', None, "a\tb"]) == "'Big' deal\t\ta b\n"
