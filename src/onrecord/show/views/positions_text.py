"""The state of a negotiation as text, and as rows of a sheet."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from onrecord.show.views.numbers_rules import country_names
from onrecord.show.views.positions_shape import Issue, Move, Positions
from onrecord.show.visible import one_line

SHORT_ID = 12
COLUMNS = (
    "issue_id",
    "issue",
    "day",
    "day_basis",
    "kind",
    "word",
    "actors",
    "actor_countries",
    "toward",
    "toward_countries",
    "factuality",
    "by",
    "move_id",
    "answers",
    "reports",
    "event_id",
    "statement_id",
    "outlet",
    "date",
    "source_id",
    "sentence",
)


def positions_lines(found: Positions) -> Iterator[str]:
    """Yield the lines of the text: each issue with its moves, then the others."""
    if not found.issues and not found.others:
        yield "no moves found"
        return
    for issue in found.issues:
        yield from _issue(issue)
    if found.others:
        yield f"MOVES THAT SHARE NO ISSUE ({found.single:,})"
        for move in found.others:
            yield from _move(move, {})
        yield ""
    if found.more:
        yield f"{found.more:,} more issues; see them with --limit"


def positions_records(found: Positions) -> Iterator[dict[str, Any]]:
    """Yield JSON lines: one for each issue, then one for each other move."""
    for issue in found.issues:
        yield {"record": "issue", **msgspec.to_builtins(issue)}
    for move in found.others:
        yield {"record": "move", **msgspec.to_builtins(move)}


def positions_rows(found: Positions) -> Iterator[tuple[object, ...]]:
    """Yield rows of a sheet, one for each move; the others have no issue."""
    for issue in found.issues:
        for move in issue.moves:
            yield (issue.issue_id, issue.name, *_cells(move))
    for move in found.others:
        yield (None, None, *_cells(move))


def _issue(issue: Issue) -> Iterator[str]:
    span = " to ".join(dict.fromkeys(str(d) for d in (issue.first, issue.last) if d))
    yield one_line(f"{issue.name.upper()}  ({span})" if span else issue.name.upper())
    days = {move.move_id: move for move in issue.moves}
    for move in issue.moves:
        yield from _move(move, days)
    yield ""


def _move(move: Move, moves: Mapping[str, Move]) -> Iterator[str]:
    day = move.day or "no day"
    parts = [_names(move.actors, move.actor_countries)]
    if move.toward:
        parts[0] += f" → {_names(move.toward, move.toward_countries)}"
    if move.factuality != "happened":
        parts.append(move.factuality)
    if others := [name for name in move.cite.by if name not in move.actors]:
        parts.append(f"says {', '.join(others)}")
    if asked := moves.get(move.answers or ""):
        parts.append(f"answers {', '.join(asked.actors)} of {asked.day}")
    if move.reports > 1:
        parts.append(f"{move.reports:,} reports")
    yield f"  {day!s:10}  {move.kind.upper():8}  {one_line(' · '.join(parts))}"
    cite = move.cite
    told = cite.event_id or cite.statement_id or ""
    outlet = cite.outlet or cite.source_id
    where = f"({outlet}, {cite.date})" if cite.date else f"({outlet})"
    words = f"“{_marked(move)}” {where} {told[:SHORT_ID]}"
    yield f"{'':14}{one_line(words)}"


def _names(names: Sequence[str], codes: Sequence[str | None]) -> str:
    """Return names, with the code of the country where the name does not say it."""
    known = country_names()
    return ", ".join(
        f"{name} ({code})" if known.get(code or "", name) != name else name
        for name, code in zip(names, codes, strict=True)
    )


def _marked(move: Move) -> str:
    """Return the sentence with the word that makes the move in brackets."""
    text = move.cite.sentence.text
    before, found, after = text.partition(move.word)
    return f"{before}[{found}]{after}" if found else text


def _cells(move: Move) -> tuple[object, ...]:
    cite = move.cite
    return (
        move.day.isoformat() if move.day else None,
        move.day_basis,
        move.kind.value,
        move.word,
        "; ".join(move.actors),
        "; ".join(code for code in move.actor_countries if code),
        "; ".join(move.toward),
        "; ".join(code for code in move.toward_countries if code),
        move.factuality,
        "; ".join(cite.by),
        move.move_id,
        move.answers,
        move.reports,
        cite.event_id,
        move.statement_id,
        cite.outlet,
        cite.date.isoformat() if cite.date else None,
        cite.source_id,
        cite.sentence.text,
    )
