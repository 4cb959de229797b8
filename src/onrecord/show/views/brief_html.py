"""A brief as one page of HTML."""

from collections.abc import Iterator

from onrecord.show.views import brief_words as words
from onrecord.show.views.brief_shape import Brief, ChangedNumber, Item, NumberTold, Part
from onrecord.show.views.cite import Cite
from onrecord.show.views.cite_html import page, published_link, quotation, text
from onrecord.show.views.cite_text import counted, short_id, whose_word

NUMBER = frozenset({"quantity"})
NOTE = (
    "Marked are the words that call an event up; underlined its parties, times, places"
    " and numbers. What lies ahead, or is denied, is never counted as happened."
)


def brief_html(brief: Brief) -> Iterator[str]:
    """Yield the lines of the page."""
    yield from page(words.title(brief), _body(brief))


def _body(brief: Brief) -> Iterator[str]:
    yield f"<h1>{text(words.title(brief))}</h1>"
    yield f'<p class="rests">{text(words.reports_line(brief))}</p>'
    if words.is_empty(brief):
        yield f"<p>{text(words.nothing_line(brief))}</p>"
        return
    yield from _totals(brief)
    if brief.numbers:
        yield f"<h2>{words.NUMBERS} ({brief.numbers_count:,})</h2>"
        yield "<ol>"
        for number in brief.numbers:
            yield from _number(number)
        yield "</ol>"
        yield from _more(words.numbers_left_out(brief))
    for part in brief.parts:
        if part.count:
            yield from _part(part)
    yield f'<p class="more">{text(NOTE)}</p>'


def _totals(brief: Brief) -> Iterator[str]:
    yield "<table>"
    yield "<thead><tr><th>happenings</th><th>statements</th><th></th></tr></thead>"
    yield "<tbody>"
    for at, (happenings, statements, name) in enumerate(words.totals(brief)):
        row = "" if at else ' class="all"'
        counts = f'<td class="n">{happenings:,}</td><td class="n">{statements:,}</td>'
        yield f"<tr{row}>{counts}<td>{text(name)}</td></tr>"
    yield "</tbody>"
    yield "</table>"
    if brief.numbers_count:
        changed = counted(brief.numbers_count, "number that", "numbers that")
        yield f"<p>And {changed} changed.</p>"


def _part(part: Part) -> Iterator[str]:
    yield f"<h2>{text(words.TITLES[part.part])} ({part.count:,})</h2>"
    yield "<ol>"
    for item in part.items:
        yield from _item(item)
    yield "</ol>"
    yield from _more(words.left_out(part))


def _more(line: str | None) -> Iterator[str]:
    if line:
        yield f'<p class="more">{text(line)}</p>'


def _item(item: Item) -> Iterator[str]:
    told = (words.standing(item), words.when(item))
    tail = "".join(f" · {text(one)}" for one in told if one)
    yield "<li>"
    yield f'<p class="head"><b>{text(words.kind(item))}</b> · {text(words.dyad(item))}'
    yield f"{tail}</p>"
    yield quotation(item.cite)
    yield f'<p class="rests">{_source(item.cite)} · {words.weight_of_sources(item)} ·'
    yield f"{text(short_id(item.cite))}</p>"
    for label, other in (("denies", item.denies), ("told before", item.before)):
        if other is None:
            continue
        standing = text(words.FACTUALITIES[other.factuality])
        yield f'<div class="other"><p class="head">{label} · {standing}</p>'
        yield quotation(other.cite)
        yield f'<p class="rests">{_source(other.cite)} ·'
        yield f"{text(short_id(other.cite))}</p></div>"
    yield "</li>"


def _number(number: ChangedNumber) -> Iterator[str]:
    yield "<li>"
    yield f'<p class="head"><b>{text(words.number_head(number))}</b></p>'
    yield f'<p class="rests">{text(words.number_basis(number))}</p>'
    yield '<div class="sides">'
    yield from _side("before", number.before)
    yield from _side("now", number.now)
    yield "</div>"
    yield "</li>"


def _side(label: str, told: NumberTold) -> Iterator[str]:
    yield f'<div><p class="head">{label}: <b>{text(told.text)}</b></p>'
    yield quotation(told.cite, NUMBER)
    yield f'<p class="rests">{_source(told.cite)}</p></div>'


def _source(cite: Cite) -> str:
    return f"{published_link(cite)} · {text(whose_word(cite.by))}"
