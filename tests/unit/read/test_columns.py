"""Fields under the names that sources give them."""

import pytest

from onrecord.read.columns import is_absent, known_columns, pick_fields


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("text", "text maintext event_text body content"),
        ("title", "title headline title_page"),
        ("date", "date date_publish pub_date published"),
        ("url", "url link"),
        (
            "outlet",
            "outlet source sitename source_domain publisher hostname",
        ),
        ("language", "lang language"),
        ("id", "id guid story_id"),
    ],
)
def test_every_name_of_the_contract_is_known(field: str, names: str) -> None:
    for name in names.split():
        assert getattr(pick_fields([(name, "x")]), field) == "x"


def test_case_and_outer_space_do_not_count() -> None:
    assert pick_fields([(" MainText ", "x")]).text == "x"


def test_first_filled_name_in_order_of_preference_wins() -> None:
    cells = [("content", "c"), ("maintext", "m"), ("text", " ")]
    assert pick_fields(cells).text == "m"


def test_unknown_columns_are_ignored() -> None:
    assert known_columns(["Text", "weather", 7]) == {"text"}


@pytest.mark.parametrize(
    "value", [None, "", " \n", "None", "NULL", "nan", "n/a", "Unknown", float("nan")]
)
def test_marks_of_not_known_are_absent(value: object) -> None:
    assert is_absent(value)


@pytest.mark.parametrize("value", ["0", 0, False, "Nancy", "unknown men", [], 1.5])
def test_values_are_not_absent(value: object) -> None:
    assert not is_absent(value)
