"""A split of the shared gold, and the lines that were given for it."""

from pathlib import Path

from bench.quality.shared import find_shared
from onrecord.score import Problems, Report, raise_problems, read_gold, read_lines
from onrecord.score.gold import read_rows
from onrecord.score.texts import FolderTexts

Sides = tuple[tuple[Report, ...], tuple[Report, ...]]


def read_sides(split: str, lines: Path) -> Sides:
    """Return the reports of `gold/<split>`, and those of a file of lines."""
    shared = find_shared()
    problems: list[str] = []
    texts = FolderTexts(shared / "data/reports")
    folder = shared / "data/gold" / split
    gold = read_gold(folder, texts=texts, readers={}, problems=problems)
    here = Problems(lines.name, problems)
    given = read_lines(read_rows(lines.read_bytes(), here), texts, here)
    raise_problems(problems)
    return gold.reports, given
