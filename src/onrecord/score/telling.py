"""Tell scores: as tables, in text or Markdown, and as remarks in plain words."""

from collections.abc import Iterator, Sequence

import msgspec

from onrecord.score.cells import CELLS
from onrecord.score.counting import Overlap, Share
from onrecord.score.events import EventFigures
from onrecord.score.intervals import Interval
from onrecord.score.scoring import Coverage, Missed, Scores

MANY = 10  # reports named in a remark
NAMES = {
    "found": "found, whatever the type",
    "typed": "type right",
    "dyad": "type and all parties right",
    "said": "cue and speaker right",
    "fact": "factuality right, of those of the right type",
    "kappa": "Cohen's kappa of factuality",
    "unreal": "is not, of what is called happened",
    "by": "on whose word right, of those of the right type",
    "act": "speech act right",
    "form": "direct, indirect, mixed right",
    "content": "words said, overlap",
    "strict": "same first and last character",
    "relaxed": "overlapping",
    "value": "overlapping, and value right",
    "near": "within 161 km, of all",
    "near_found": "within 161 km, of found",
}


class Table(msgspec.Struct, frozen=True):
    """A table to be shown; the first column is words, the others are numbers."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def make_tables(scores: Scores) -> tuple[Table, ...]:
    """Return the tables of what was measured."""
    tables: list[Table] = []
    if scores.events is not None:
        tables += _event_tables(scores.events, scores)
    if scores.statements is not None:
        tables.append(
            Table(
                "Statements",
                ("figure", "F1", "interval", "P", "R", "right", "given", "gold"),
                (_overlap_row("said", scores.statements.said, scores),),
            )
        )
        shares = [
            (n, getattr(scores.statements, n)) for n in ("act", "form", "content")
        ]
        tables += _share_tables("Statements, of those said", shares, scores)
    for layer, marked in scores.marked.items():
        rows = [(n, getattr(marked, n)) for n in ("strict", "relaxed", "value")]
        tables.append(
            Table(
                layer.capitalize(),
                ("figure", "F1", "P", "R", "right", "given", "gold"),
                tuple((NAMES[n], *_overlap(o)) for n, o in rows if o is not None),
            )
        )
        near = [(n, getattr(marked, n)) for n in ("near", "near_found")]
        tables += _share_tables(f"{layer.capitalize()}, where", near, scores)
    tables += _relation_tables(scores)
    if scores.copies is not None:
        pairs = ("pairs in one story", *_overlap(scores.copies.pairs))
        columns = ("figure", "F1", "P", "R", "right", "given", "gold")
        tables.append(Table("Copies", columns, (pairs,)))
        relation = [("relation", scores.copies.relation)]
        tables += _share_tables("Copies, relation", relation, scores)
    return tuple(tables)


def _event_tables(figures: EventFigures, scores: Scores) -> Iterator[Table]:
    overlaps = [(n, getattr(figures, n)) for n in ("found", "typed", "dyad")]
    yield Table(
        "Events",
        ("figure", "F1", "interval", "P", "R", "right", "given", "gold"),
        tuple(_overlap_row(n, o, scores) for n, o in overlaps if o is not None),
    )
    shares = [(n, getattr(figures, n)) for n in ("fact", "unreal", "by")]
    yield from _share_tables("Whether, and on whose word", shares, scores)
    if scores.cells:
        yield Table(
            "Cells of events of the right type",
            ("cell", "agrees", "of", "where gold has it", "of", "where not", "of"),
            tuple(
                (
                    cell.replace("_", " "),
                    *_share(scores.cells[cell].all),
                    *_share(scores.cells[cell].given),
                    *_share(scores.cells[cell].absent),
                )
                for cell in CELLS
                if cell in scores.cells
            ),
        )
    yield Table(
        "Event types",
        ("type", "F1", "P", "R", "right", "given", "gold"),
        tuple((name, *_overlap(o)) for name, o in figures.by_type.items()),
    )
    if figures.confusion:
        yield Table(
            "Factuality mistaken",
            ("gold", "given", "events"),
            tuple(
                (*pair.split(">"), str(number))
                for pair, number in figures.confusion.items()
            ),
        )


def _share_tables(
    title: str, shares: Sequence[tuple[str, Share | None]], scores: Scores
) -> Iterator[Table]:
    rows = []
    for name, share in shares:
        if share is None:
            continue
        within = _interval(scores.intervals.get(name), 1)
        rows.append(
            (NAMES.get(name, name), f"{share.share:.1f}", within, f"{share.n:,}")
        )
        if name == "fact" and scores.events and scores.events.kappa is not None:
            within = _interval(scores.intervals.get("kappa"), 2)
            kappa = f"{scores.events.kappa:.2f}"
            rows.append((NAMES["kappa"], kappa, within, f"{share.n:,}"))
    if rows:
        yield Table(title, ("figure", "per cent", "interval", "of"), tuple(rows))


def _relation_tables(scores: Scores) -> Iterator[Table]:
    if scores.relations is None:
        return
    both = [("root", scores.relations.root), ("quad", scores.relations.quad)]
    known = [(name, classes) for name, classes in both if classes is not None]
    yield Table(
        "Relations",
        ("classes", "accuracy", "macro F1", "of"),
        tuple(
            (name, f"{c.accuracy:.1f}", f"{c.macro_f1:.1f}", f"{c.n:,}")
            for name, c in known
        ),
    )
    for name, classes in known:
        rows = tuple((kind, f"{f:.1f}") for kind, f in classes.by_class.items())
        yield Table(f"Relations, {name}", ("class", "F1"), rows)


def _overlap_row(name: str, overlap: Overlap, scores: Scores) -> tuple[str, ...]:
    f, *others = _overlap(overlap)
    return (NAMES[name], f, _interval(scores.intervals.get(name), 1), *others)


def _overlap(overlap: Overlap) -> tuple[str, ...]:
    shares = (f"{x:.1f}" for x in (overlap.f, overlap.p, overlap.r))
    numbers = (f"{x:,}" for x in (overlap.right, overlap.given, overlap.gold))
    return (*shares, *numbers)


def _share(share: Share | None) -> tuple[str, str]:
    return (f"{share.share:.1f}", f"{share.n:,}") if share else ("", "0")


def _interval(interval: Interval | None, digits: int) -> str:
    if interval is None:
        return ""
    return f"{interval[0]:.{digits}f} to {interval[1]:.{digits}f}"


def tell_remarks(scores: Scores) -> tuple[str, ...]:
    """Return what was compared and what could not be, one sentence each."""
    return tuple(_remarks(scores.coverage))


def _remarks(coverage: Coverage) -> Iterator[str]:
    yield f"Gold has {_count(coverage.reports, 'report')}."
    if coverage.silent:
        yield (
            f"No line was given for {len(coverage.silent):,} of them, so all that gold"
            f" has there counts as missed: {_list(coverage.silent)}."
        )
    if coverage.unknown:
        yield (
            f"Left out, since gold does not have them:"
            f" {_count(len(coverage.unknown), 'report')} ({_list(coverage.unknown)})."
        )
    if coverage.partial:
        yield (
            f"Judged at some places only: {_count(coverage.partial, 'report')}; what"
            " nobody showed to a judge cannot be missed, so recall is kind."
        )
    for layer, number in coverage.outside.items():
        yield f"Given where gold was not asked, and not counted: {number:,} {layer}."
    for layer, (number, matched) in coverage.doubtful.items():
        yield (
            f"Of the gold {layer}, {number:,} are doubtful (`unsure`): {matched:,}"
            f" matched and counted, {number - matched:,} neither matched nor missed."
        )
    if coverage.uncompared:
        cells = ", ".join(
            f"{name.replace('_', ' ')} in {number:,}"
            for name, number in coverage.uncompared.items()
        )
        yield f"Could not be compared, since a side lacks them: {cells}."


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def _list(names: Sequence[str]) -> str:
    more = f" and {len(names) - MANY:,} more" if len(names) > MANY else ""
    return ", ".join(names[:MANY]) + more


def tell_missed(missed: Missed) -> str:
    """Return one line for a gold event that was missed."""
    event, text = missed.event, missed.text
    words = event.trigger.of(text) if text else str(event.trigger.start)
    sentence = event.sentence.of(text) if text and event.sentence else ""
    where = f"{missed.report} | {event.event_type} | {words}"
    return " ".join(f"missed | {where} | {sentence}".split())


def write_text(tables: Sequence[Table]) -> Iterator[str]:
    """Yield the lines of tables in columns."""
    for table in tables:
        yield table.title
        cells = (table.columns, *table.rows)
        widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
        for row in cells:
            first, *others = (
                cell.rjust(width) if at else cell.ljust(width)
                for at, (cell, width) in enumerate(zip(row, widths, strict=True))
            )
            yield "  ".join(("", first, *others)).rstrip()
        yield ""


def write_markdown(tables: Sequence[Table], *, level: int = 2) -> Iterator[str]:
    """Yield the lines of tables in Markdown under headings."""
    for table in tables:
        yield f"{'#' * level} {table.title}"
        yield ""
        yield from markdown_table(table.columns, table.rows)
        yield ""


def markdown_table(
    columns: Sequence[str], rows: Sequence[Sequence[str]]
) -> Iterator[str]:
    """Yield the lines of one table in Markdown."""
    yield "| " + " | ".join(columns) + " |"
    yield "|" + "---|" * len(columns)
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", r"\|") for cell in row) + " |"
