"""A brief as lines of text."""

from collections.abc import Iterator

from onrecord.show.views import brief_words as words
from onrecord.show.views.brief_shape import Brief, ChangedNumber, Item, NumberTold, Part
from onrecord.show.views.cite_text import (
    Line,
    Piece,
    counted,
    published,
    quoted,
    short_id,
    whose_word,
    wrap,
)

INDENT = " " * 4
WIDTH = 88
NUMBER = frozenset({"quantity"})


def brief_lines(brief: Brief, *, width: int = WIDTH) -> Iterator[Line]:
    """Yield the lines, none wider than `width` but for a single long word."""
    yield (Piece(words.title(brief), "head"),)
    yield from wrap([Piece(words.reports_line(brief))], width=width)
    yield ()
    if words.is_empty(brief):
        yield from wrap([Piece(words.nothing_line(brief))], width=width)
        return
    yield from _totals(brief, width)
    if brief.numbers:
        yield ()
        yield from _heading(words.NUMBERS, brief.numbers_count, width)
        for at, number in enumerate(brief.numbers, 1):
            yield from _number(at, number, width)
        yield from _more(words.numbers_left_out(brief))
    for part in brief.parts:
        if part.count:
            yield ()
            yield from _part(part, width)
    yield ()
    closing = (
        "«…» are the words that call it up; `onrecord explain RECORD ID` shows all."
    )
    yield from wrap([Piece(closing, "quiet")], width=width)


def _totals(brief: Brief, width: int) -> Iterator[Line]:
    yield (Piece("happenings  statements", "quiet"),)
    for number, (happenings, statements, name) in enumerate(words.totals(brief)):
        said = f"{statements:>12,}" if statements else " " * 12
        style = None if number else "head"
        counts = f"{happenings:>10,}{said}  "
        yield from wrap(
            [Piece(name, style)], width=width, first=counts, rest=" " * len(counts)
        )
    if brief.numbers_count:
        changed = counted(brief.numbers_count, "number that", "numbers that")
        yield (Piece(f"and {changed} changed"),)


def _heading(title: str, count: int, width: int) -> Iterator[Line]:
    yield from wrap([Piece(f"{title} ({count:,})", "head")], width=width)


def _part(part: Part, width: int) -> Iterator[Line]:
    yield from _heading(words.TITLES[part.part], part.count, width)
    for at, item in enumerate(part.items, 1):
        yield from _item(at, item, width)
    yield from _more(words.left_out(part))


def _more(line: str | None) -> Iterator[Line]:
    if line:
        yield (Piece(f"{INDENT}{line}; --limit shows them", "quiet"),)


def _item(at: int, item: Item, width: int) -> Iterator[Line]:
    head = [
        Piece(words.kind(item), "type"),
        Piece(" · "),
        Piece(words.dyad(item), "strong"),
    ]
    told = [words.standing(item), words.when(item)]
    head += [Piece(f" · {one}") for one in told if one]
    yield from wrap(head, width=width, first=f"{at:>2}  ", rest=INDENT)
    yield from wrap(quoted(item.cite), width=width, first=INDENT, rest=INDENT)
    rests = " · ".join(
        (
            published(item.cite),
            whose_word(item.cite.by),
            words.weight_of_sources(item),
            short_id(item.cite),
        )
    )
    yield from wrap([Piece(rests, "quiet")], width=width, first=INDENT, rest=INDENT)
    for label, other in (("denies", item.denies), ("told before", item.before)):
        if other is None:
            continue
        inner = INDENT * 2
        first = f"{INDENT}{label}: "
        yield from wrap(quoted(other.cite), width=width, first=first, rest=inner)
        told_by = " · ".join(
            (
                words.FACTUALITIES[other.factuality],
                published(other.cite),
                whose_word(other.cite.by),
                short_id(other.cite),
            )
        )
        yield from wrap([Piece(told_by, "quiet")], width=width, first=inner, rest=inner)


def _number(at: int, number: ChangedNumber, width: int) -> Iterator[Line]:
    head = [
        Piece(words.number_head(number), "strong"),
        Piece(f" · {words.number_basis(number)}", "quiet"),
    ]
    yield from wrap(head, width=width, first=f"{at:>2}  ", rest=INDENT)
    yield from _side("before", number.before, width)
    yield from _side("now", number.now, width)


def _side(label: str, told: NumberTold, width: int) -> Iterator[Line]:
    inner = INDENT * 2
    head = [Piece(told.text, "quantity")]
    head.append(
        Piece(f" · {published(told.cite)} · {whose_word(told.cite.by)}", "quiet")
    )
    yield from wrap(head, width=width, first=f"{INDENT}{label}: ", rest=inner)
    yield from wrap(quoted(told.cite, NUMBER), width=width, first=inner, rest=inner)
