import datetime as dt

from onrecord.show.views.cite import Cite, Passage
from onrecord.show.views.series_shape import (
    Change,
    Clock,
    Counts,
    Point,
    Series,
    Step,
    TypeCounts,
    What,
)
from onrecord.show.views.series_text import (
    series_lines,
    series_records,
    series_rows,
)

FIRST, SECOND = dt.date(2022, 1, 10), dt.date(2022, 1, 11)
CITE = Cite(
    event_id="evt-0123456789abcdef",
    doc_id="doc-1",
    source_id="t1",
    outlet="Gazette",
    date=SECOND,
    title=None,
    url=None,
    sentence=Passage(start=0, end=12, text="Chad\x1b attacked."),
)
SERIES = Series(
    what=What.HAPPENINGS,
    step=Step.DAY,
    clock=Clock.EVENT,
    start=FIRST,
    end=SECOND,
    points=(
        Point(start=FIRST, end=FIRST),
        Point(
            start=SECOND,
            end=SECOND,
            counts=Counts(happened=4, denied=1),
            score=-36.0,
            quads=(0, 0, 0, 4),
            types=(
                TypeCounts(
                    event_type="ASSAULT",
                    quad=4,
                    counts=Counts(happened=4, denied=1),
                    score=-36.0,
                ),
            ),
        ),
    ),
    changes=(
        Change(
            at=SECOND,
            before=0.0,
            after=4.0,
            gain=5.0,
            types=("ASSAULT",),
            event_ids=("evt-0123456789abcdef",),
            events=4,
            likeliest=(CITE,),
        ),
    ),
    unknown=Counts(planned=2),
    wider=Counts(),
    outside=Counts(),
)


def test_a_step_has_a_bar_of_what_happened_and_an_empty_one_none():
    lines = list(series_lines(SERIES))
    (empty,) = [line for line in lines if line.startswith("2022-01-10")]
    full = next(line for line in lines if line.startswith("2022-01-11"))
    assert "█" not in empty
    assert full.count("█") == 30
    assert full.split()[2:] == ["4", "-36.0", "·", "·", "·", "1"]


def test_a_change_is_told_with_its_sentences_made_safe():
    text = "\n".join(series_lines(SERIES))
    assert "2022-01-11: rises from 0 to 4 a day, most of all ASSAULT; 4 in" in text
    assert "“Chad\\x1b attacked.” (Gazette, 2022-01-11) evt-01234567" in text


def test_what_is_in_no_step_is_said():
    assert "Not in it, as no day is known: 2 planned." in list(series_lines(SERIES))


def test_a_sheet_has_a_row_for_each_factuality_and_for_empty_steps():
    assert list(series_rows(SERIES)) == [
        ("2022-01-10", "2022-01-10", None, None, "happened", 0, 0.0),
        ("2022-01-11", "2022-01-11", "ASSAULT", 4, "happened", 4, -36.0),
        ("2022-01-11", "2022-01-11", "ASSAULT", 4, "denied", 1, None),
    ]


def test_json_lines_say_what_each_is():
    kinds = [line["record"] for line in series_records(SERIES)]
    assert kinds == ["point", "point", "change", "apart", "apart", "apart"]
