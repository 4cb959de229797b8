"""What a check finds, and what to do about it."""

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import msgspec

FINDINGS_A_CHECK = 20  # one broken file can break a million rows
RUN_AGAIN = "run the reports again into a new record, and report the fault"

Tell = Callable[[str, int, int], None]  # what is looked at, how many done, of how many


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is wrong: where, what, and what to do."""

    where: str
    problem: str
    advice: str


def some(findings: Iterator[Finding]) -> Iterator[Finding]:
    """Yield the first findings, then how many more there are."""
    last = None
    for last in islice(findings, FINDINGS_A_CHECK):
        yield last
    more = sum(1 for _ in findings)
    if last and more:
        yield msgspec.structs.replace(last, where="…", problem=f"and {more} more")


def about_file(path: Path, problem: str, advice: str) -> Finding:
    """Return what is wrong with a file."""
    return Finding(where=str(path), problem=problem, advice=advice)


def about_row(table: str, row_id: str, problem: str) -> Finding:
    """Return what is wrong with a row."""
    return Finding(where=f"{table} {row_id}", problem=problem, advice=RUN_AGAIN)


def about_run(number: int, problem: str) -> Finding:
    """Return what is wrong with a run's account."""
    return Finding(where=f"run {number}", problem=problem, advice=RUN_AGAIN)
