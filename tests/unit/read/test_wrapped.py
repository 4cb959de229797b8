"""Lines cut to fit a width are joined; lines that are lines stay."""

import pytest

from onrecord.read.wrapped import join_flowed, join_wrapped

WRAPPED = (
    "The ministers of both states met on Monday in the town hall to talk\n"
    "about the border, and they agreed to meet again in the spring of next\n"
    "year.\n"
    "\n"
    "They left.\n"
)


def test_wrapped_lines_are_joined_by_a_space() -> None:
    assert join_wrapped(WRAPPED) == (
        "The ministers of both states met on Monday in the town hall to talk "
        "about the border, and they agreed to meet again in the spring of next "
        "year.\n"
        "\n"
        "They left.\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "They met.\nThey left.\n",
        "They met in the town hall and talked.\n" + "a word " * 20 + "\nThey left.",
        WRAPPED.replace("about", "- about").replace("year", "> year"),
        WRAPPED.replace("about", "  about").replace("year", "12. year"),
        "",
        "one line of text that is sixty characters or so in length, no more",
    ],
)
def test_lines_of_their_own_stay(text: str) -> None:
    assert join_wrapped(text) == text


def test_a_line_that_had_room_for_the_next_word_ends() -> None:
    closing = "They agreed to meet again in the spring of the year.\nAll left.\n"
    assert join_wrapped(WRAPPED + closing).endswith("\n" + closing)


def test_a_list_of_titles_stays() -> None:
    titles = (
        "Ministers meet in the capital to talk about the border dispute\n"
        "Troops leave the town after both sides agree\n"
        "Two parties call off the strike at the harbour\n"
        "Court hears the case against the former mayor of the city\n"
        "Aid reaches the valley\n"
    )
    assert join_wrapped(titles) == titles


def test_addresses_say_nothing_of_the_width() -> None:
    address = "https://example.org/" + "a" * 150
    text = f"{WRAPPED}{address}\nThey left.\n"
    assert join_wrapped(text) == f"{join_wrapped(WRAPPED)}{address}\nThey left.\n"


def test_length_stays() -> None:
    assert len(join_wrapped(WRAPPED)) == len(WRAPPED)


@pytest.mark.parametrize(
    ("flowed", "text"),
    [
        ("They met \non Monday.\nAll left.", "They met on Monday.\nAll left."),
        ("> They \n> met\n>> no \nyes", "> They met\n>> no \nyes"),
        ("a \n-- \nJ. Doe", "a \n-- \nJ. Doe"),
        (" From here \n >stuffed", "From here >stuffed"),
        ("ends \n", "ends "),
    ],
)
def test_flowed_lines_are_joined(flowed: str, text: str) -> None:
    assert join_flowed(flowed) == text


def test_space_that_only_marks_is_deleted() -> None:
    assert join_flowed("walk \ning \nhome", delete_space=True) == "walkinghome"
