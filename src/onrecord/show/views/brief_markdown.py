"""A brief as Markdown that can be pasted into a mail."""

from collections.abc import Iterator

from onrecord.show.views import brief_words as words
from onrecord.show.views.brief_shape import Brief, ChangedNumber, Item, NumberTold, Part
from onrecord.show.views.cite import Cite
from onrecord.show.views.cite_markdown import escaped, published_link, quotation
from onrecord.show.views.cite_text import counted, short_id, whose_word

NUMBER = frozenset({"quantity"})


def brief_markdown(brief: Brief) -> Iterator[str]:
    """Yield the lines."""
    yield f"# {words.title(brief)}"
    yield ""
    yield words.reports_line(brief)
    yield ""
    if words.is_empty(brief):
        yield words.nothing_line(brief)
        return
    yield from _totals(brief)
    if brief.numbers:
        yield from _heading(words.NUMBERS, brief.numbers_count)
        for at, number in enumerate(brief.numbers, 1):
            yield from _number(at, number)
        yield from _more(words.numbers_left_out(brief))
    for part in brief.parts:
        if part.count:
            yield from _part(part)


def _totals(brief: Brief) -> Iterator[str]:
    yield "| happenings | statements | |"
    yield "|--:|--:|---|"
    for happenings, statements, name in words.totals(brief):
        yield f"| {happenings:,} | {statements:,} | {name} |"
    if brief.numbers_count:
        changed = counted(brief.numbers_count, "number that", "numbers that")
        yield ""
        yield f"And {changed} changed."


def _heading(title: str, count: int) -> Iterator[str]:
    yield ""
    yield f"## {title} ({count:,})"
    yield ""


def _part(part: Part) -> Iterator[str]:
    yield from _heading(words.TITLES[part.part], part.count)
    for at, item in enumerate(part.items, 1):
        yield from _item(at, item)
    yield from _more(words.left_out(part))


def _more(line: str | None) -> Iterator[str]:
    if line:
        yield ""
        yield line


def _item(at: int, item: Item) -> Iterator[str]:
    told = (words.standing(item), words.when(item))
    tail = "".join(f" · {one}" for one in told if one)
    yield f"{at}. **{escaped(words.kind(item))}** · {escaped(words.dyad(item))}{tail}  "
    yield f"   {quotation(item.cite)}  "
    rests = (words.weight_of_sources(item), f"`{short_id(item.cite)}`")
    yield f"   {_source(item.cite)} · " + " · ".join(rests)
    for label, other in (("denies", item.denies), ("told before", item.before)):
        if other is None:
            continue
        standing = words.FACTUALITIES[other.factuality]
        yield f"   - {label} ({standing}): {quotation(other.cite)}  "
        yield f"     {_source(other.cite)} · `{short_id(other.cite)}`"


def _number(at: int, number: ChangedNumber) -> Iterator[str]:
    head, basis = words.number_head(number), words.number_basis(number)
    yield f"{at}. **{escaped(head)}** · {basis}"
    yield from _side("before", number.before)
    yield from _side("now", number.now)


def _side(label: str, told: NumberTold) -> Iterator[str]:
    yield f"   - {label}: **{escaped(told.text)}** · {_source(told.cite)}  "
    yield f"     {quotation(told.cite, NUMBER)}"


def _source(cite: Cite) -> str:
    return f"{published_link(cite)} · {escaped(whose_word(cite.by))}"
