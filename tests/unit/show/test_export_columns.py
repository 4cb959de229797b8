"""The columns that users' scripts expect, in their order and spelling."""

import os
import re
from pathlib import Path

import pytest

from onrecord.show.export.formats import FORMATS

SHARED = Path(
    os.environ.get("ONRECORD_SHARED", Path(__file__).resolve().parents[4] / "shared")
)


def listed(title: str, first: str, last: str) -> tuple[str, ...]:
    """Return the columns that FORMATS.md lists in the section of that title."""
    path = SHARED / "FORMATS.md"
    if not path.exists():
        pytest.skip(f"{path} is not there")
    section = path.read_text(encoding="utf-8").split(f"## {title}")[1].split("\n## ")[0]
    begin = section.index(first)
    text = section[begin : section.index(last, begin) + len(last)]
    names = re.sub(r"\([^)]*\)", "", text).replace("\n", " ").split(",")
    return tuple(name.strip() for name in names if name.strip())


@pytest.mark.shared
@pytest.mark.parametrize(
    ("form", "title", "last"),
    [
        ("gdelt", "GDELT 1.0", "SOURCEURL"),
        ("icews", "ICEWS", "Longitude"),
        ("polecat", "POLECAT", "Version"),
        ("phoenix", "Phoenix", "NewsSources"),
    ],
)
def test_columns_are_those_of_the_list(form, title, last):
    columns = FORMATS[form].columns
    assert columns == listed(title, columns[0], last)


@pytest.mark.parametrize(
    ("form", "count"), [("gdelt", 61), ("icews", 20), ("polecat", 40), ("phoenix", 26)]
)
def test_a_format_has_as_many_columns_as_its_files(form, count):
    assert len(FORMATS[form].columns) == count


@pytest.mark.parametrize("form", FORMATS)
def test_no_two_columns_share_a_name(form):
    columns = FORMATS[form].columns
    assert len(columns) == len(set(columns))


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_says_what_it_holds_and_loses(form):
    assert FORMATS[form].notes
    assert all(line and "\n" not in line for line in FORMATS[form].cannot)
