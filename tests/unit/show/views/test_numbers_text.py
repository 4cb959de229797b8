from onrecord.show.views.numbers import numbers
from onrecord.show.views.numbers_text import (
    COLUMNS,
    numbers_lines,
    numbers_records,
    numbers_rows,
)
from onrecord.store.filters import Filters


def test_each_value_stands_with_its_day_its_voice_and_its_sentence(talks):
    lines = list(numbers_lines(numbers(talks, Filters())))
    assert lines[0] == "TROOPS · Chad"
    assert lines[1] == "  2022-01-12   2,000 or more  Sudanese minister"
    assert "“More than 2,000 Chadian troops attacked" in lines[2]
    assert lines[3] == "  2022-01-14     about 3,500  governor"
    assert lines[5] == (
        "  now 2,000 to 3,500 or more, by 2 voices of 2022-01-12 to 2022-01-14"
    )


def test_nothing_found_is_said(talks):
    found = numbers(talks, Filters(types=("AID",)))
    assert list(numbers_lines(found)) == ["no numbers found"]


def test_sheets_and_lines_have_every_value(talks):
    found = numbers(talks, Filters())
    rows = list(numbers_rows(found))
    assert [len(row) for row in rows] == [len(COLUMNS)] * 2
    assert [row[COLUMNS.index("value")] for row in rows] == [2000.0, 3500.0]
    assert [line["record"] for line in numbers_records(found)] == ["number_line"]
