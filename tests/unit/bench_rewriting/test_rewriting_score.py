import pytest

from bench.rewriting.corpus import Label, Report
from bench.rewriting.score import Line, Row, count_links, find_share, read_lines, score
from onrecord.model.span import Span

LABELS = (
    Label(id="a", means="source", sources=("a",), affairs=("a",)),
    Label(id="b", means="source", sources=("b",), affairs=("b",)),
    Label(
        id="a-spun",
        means="synonyms",
        sources=("a",),
        affairs=("a",),
        relations=("rewritten",),
        changed=(Span(4, 8), Span(9, 13)),
    ),
    Label(
        id="b-spun",
        means="synonyms",
        sources=("b",),
        affairs=("b",),
        relations=("rewritten",),
        changed=(Span(4, 8),),
    ),
    Label(
        id="a-number",
        means="number",
        sources=("a",),
        affairs=("a",),
        changed=(Span(4, 8),),
    ),
)
REPORTS = tuple(
    Report(id=x.id, date="2020-05-01", text="the navy left") for x in LABELS
)


def line(report: str, story: str, relation="original", of=None, drift=()) -> Line:
    return Line(
        id=report,
        doc_id=f"d-{report}",
        story_id=story,
        relation=relation,
        of=of,
        drift=tuple(Span(*d) for d in drift),
    )


def rows(*lines: Line) -> dict[str, Row]:
    made = score(REPORTS, LABELS, {x.id: x for x in lines})
    return {row.means: row for row in made}


GOOD = (
    line("a", "A"),
    line("b", "B"),
    line("a-spun", "A", "rewritten", "a", [(4, 8), (9, 13)]),
    line("b-spun", "B", "rewritten", "b", [(4, 8)]),
    line("a-number", "A"),
)


def test_a_perfect_answer():
    made = rows(*GOOD)
    assert made["synonyms"] == Row(
        means="synonyms",
        reports=2,
        missing=0,
        found=1.0,
        relation=1.0,
        called=1.0,
        silent=None,
        wrong_links=0.0,
        wrong_reports=0.0,
        drift=1.0,
        sharp=1.0,
    )
    assert made["number"].silent == 0.0


def test_a_copy_in_a_wrong_story_is_not_found_and_links_wrongly():
    made = rows(*GOOD[:3], line("b-spun", "A", "rewritten", "a"), GOOD[4])
    assert made["synonyms"].found == 0.5
    assert made["synonyms"].wrong_reports == 1.0
    assert made["synonyms"].wrong_links == pytest.approx(4 / 6)
    assert made["all"].wrong_reports == pytest.approx(4 / 5)


def test_a_wrong_relation_counts_even_where_the_story_is_right():
    made = rows(*GOOD[:2], line("a-spun", "A", "near", "a", [(4, 8)]), *GOOD[3:])
    assert made["synonyms"].found == 1.0
    assert made["synonyms"].relation == 0.5


def test_half_the_changed_words_covered():
    made = rows(*GOOD[:2], line("a-spun", "A", "rewritten", "a", [(0, 8)]), GOOD[4])
    assert made["synonyms"].drift == 0.5
    assert made["synonyms"].sharp == 0.5


def test_a_changed_number_called_a_copy_is_silent_without_drift_there():
    for drift, silent in (((9, 13), 1.0), ((4, 8), 0.0)):
        made = rows(*GOOD[:4], line("a-number", "A", "near", "a", [drift]))
        assert made["number"].called == 1.0
        assert made["number"].silent == silent


def test_a_report_without_a_line_is_missing_and_not_found():
    made = rows(*GOOD[:3], GOOD[4])
    assert made["synonyms"].missing == 1
    assert made["synonyms"].found == 0.5


def test_reports_of_one_affair_are_no_wrong_link():
    stories = {"a": "S", "a-number": "S", "a-spun": "S"}
    assert count_links(LABELS, stories)["a"] == (2, 0)


def test_a_pasted_copy_is_found_in_either_story():
    pasted = Label(
        id="p",
        means="paste",
        sources=("a", "b"),
        affairs=("a", "b"),
        relations=("near",),
    )
    assert find_share([pasted], {"a": "A", "b": "B", "p": "B"}) == 1.0
    assert find_share([pasted], {"a": "A", "b": "B", "p": "P"}) == 0.0


def test_lines_are_read_by_the_id_a_report_came_with():
    span = {"start": 4, "end": 8, "text": "navy"}
    made = read_lines(
        [
            {"doc_id": "1", "source_id": "a", "story_id": "A", "relation": "original",
             "of": None, "similarity": 1.0, "drift": []},
            {"doc_id": "2", "source_id": "x", "story_id": "A", "relation": "rewritten",
             "of": "1", "similarity": 0.5, "drift": [{"original": span, "copy": span}]},
        ]
    )  # fmt: skip
    assert made["x"].of == "a"
    assert made["x"].drift == (Span(4, 8),)
