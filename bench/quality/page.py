"""Make docs/quality.md of its template, page.md, and the figures.

In the template stand, between double braces,

    events.events.typed.f   a figure: measure and name; |2 after it says how many digits
    table NAME ...          a table of `page_tables`
    made MEASURE            the command that makes the figures, and when it was run
"""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench.quality.figures import Made
from bench.quality.page_tables import BLOCKS, Read
from bench.quality.shared import ROOT

PAGE = ROOT / "docs/quality.md"
TEMPLATE = Path(__file__).parent / "page.md"
HARD = ROOT / "tests/hard"
PLACE = re.compile(r"\{\{([^{}]+)\}\}")


def make_page(made: Mapping[str, Made]) -> str:
    """Return the page; raise `SystemExit` where the template asks for what is not."""
    figures = {name: one.figures for name, one in made.items()}
    read = Read(made=made, figures={**figures, "hard": count_hard()})
    text = TEMPLATE.read_text(encoding="utf-8")
    return PLACE.sub(lambda place: fill(place[1], read), text)


def fill(asked: str, read: Read) -> str:
    """Return what stands for one place of the template."""
    words = asked.split()
    if len(words) > 1:
        return "\n".join(BLOCKS[" ".join(words)](read))
    path, _, form = asked.partition("|")
    try:
        value = find(read.figures, path)
    except KeyError:
        raise SystemExit(f"page.md asks for {path}, which was not measured") from None
    return show(value, form)


def find(figures: Mapping[str, Any], path: str) -> Any:
    """Return a figure by its names."""
    value: Any = figures
    for name in path.split("."):
        value = value[name]
    return value


def show(value: Any, digits: str = "") -> str:
    """Return a figure as it is printed: a share with one digit, a count with commas."""
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:.{int(digits or 1)}f}"


def count_hard() -> dict[str, int]:
    """Return how many hard sentences there are and how many are right."""
    whole = tomllib.loads((HARD / "sentences.toml").read_text(encoding="utf-8"))
    wrong = tomllib.loads((HARD / "not_yet_read.toml").read_text(encoding="utf-8"))
    count = len(whole["sentence"])
    return {"all": count, "right": count - len(wrong)}
