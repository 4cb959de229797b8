import re

import pytest

from onrecord.show.explanation import explain_event
from onrecord.show.notebook import events_html, explanation_html, rows_html
from tests.support.lines import build_event, build_party

TAGS = re.compile(r"</?([a-z]+)")
ATTACK = "<script>alert(1)</script>"


def row(**fields):
    return {**build_event(**fields), "when_from": None, "when_to": None}


def test_the_words_that_call_up_the_event_are_marked():
    html = events_html([row()], 1)
    assert re.search(r"Russia <mark [^>]*>demanded</mark> guarantees", html)


@pytest.mark.parametrize(
    ("factuality", "look"),
    [
        ("happened", "2px solid"),
        ("planned", "2px dashed"),
        ("hypothetical", "2px dotted"),
        ("denied", "line-through"),
        ("negated", "line-through"),
    ],
)
def test_the_line_under_the_words_tells_how_it_stands(factuality, look):
    assert look in events_html([row(factuality=factuality)], 1)


def test_nothing_of_a_report_is_markup():
    nasty = build_party("Russia", ATTACK, country="RUS")
    html = events_html([row(actors=[nasty])], 1) + rows_html([{ATTACK: ATTACK}], 1, "x")
    assert "script" not in set(TAGS.findall(html))
    assert "&lt;script&gt;" in html


def test_control_characters_are_written_out():
    assert "\\x1b" in rows_html([{"a": "\x1b[m"}], 1, "rows")


def test_how_many_there_are_is_said():
    assert "1,234 events, the first 1 shown" in events_html([row()], 1234)


def test_absent_and_empty_are_blank():
    html = rows_html([{"a": None, "b": [], "c": ["x", "y"]}], 1, "rows")
    assert re.findall(r"<td[^>]*>(.*?)</td>", html) == ["", "", "x, y"]


def test_a_long_cell_is_cut():
    assert "x" * 79 + "…<" in rows_html([{"a": "x" * 100}], 1, "rows")


def test_no_rows_are_a_table_of_none():
    assert "0 rows" in rows_html([], 0, "rows")


def test_an_explanation_marks_every_cell_in_its_own_colour():
    html = explanation_html(explain_event(build_event(factuality="denied")), "denied")
    assert 'title="actor">Russia</mark>' in html
    assert html.count("line-through") == 1
    assert set(re.findall(r"[; \"]color:([^;\"]*)", html)) == {"inherit"}
