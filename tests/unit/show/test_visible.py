import json

import pytest

from onrecord.show.visible import json_line, one_line, sheet_cell, visible


def test_escape_sequences_are_written_out():
    assert visible("a\x1b[31mred\x07") == "a\\x1b[31mred\\x07"


def test_marks_that_turn_the_direction_are_written_out():
    assert visible("abc\u202egpj.exe") == "abc\\u202egpj.exe"


def test_letters_of_any_script_and_emoji_stay():
    text = "Зеленський 😀 القدس é"
    assert visible(text) == text


def test_line_breaks_and_tabs_become_one_blank():
    assert one_line("a\r\n\t b\u2028c") == "a b c"


@pytest.mark.parametrize(
    "text", ["\x1b[2J", "\x9b31m", "\x7f", "\u202e", "\ud800", 'say "no"\n']
)
def test_json_holds_unsafe_characters_escaped_and_means_the_same(text):
    line = json_line({"text": text})
    assert line.isprintable()
    assert json.loads(line) == {"text": text}


@pytest.mark.parametrize(
    "text", ["=1+1", "+1 day", "-1 day", "@SUM(A1)", "\t=1", " =1"]
)
def test_a_text_like_a_formula_gets_a_quote(text):
    assert sheet_cell(text) == "'" + text.strip()


@pytest.mark.parametrize(
    ("value", "cell"),
    [(None, ""), (-2.5, "-2.5"), (0, "0"), (True, "true"), ("a\nb", "a b")],
)
def test_cells_of_a_sheet(value, cell):
    assert sheet_cell(value) == cell
