"""What differs between two runs as one page of HTML."""

from collections.abc import Iterable, Iterator

from onrecord.show.views import diff_words as words
from onrecord.show.views.cite_html import page, published_link, quotation, text
from onrecord.show.views.diff_shape import Difference, ReportDifference, Summary
from onrecord.show.views.diff_text import NAMES

NOTE = (
    "Marked are the words that call an event up. In brackets stands the rule, or the"
    " basis, that read a cell."
)


def diff_html(
    summary: Summary,
    reports: Iterable[ReportDifference],
    differences: Iterable[Difference],
) -> Iterator[str]:
    """Yield the lines of the page."""
    yield from page(words.title(summary), _body(summary, reports, differences))


def diff_fragment(summary: Summary, differences: Iterable[Difference]) -> Iterator[str]:
    """Yield the lines of what stands within a page of another program."""
    yield from _body(summary, (), differences)


def _body(
    summary: Summary,
    reports: Iterable[ReportDifference],
    differences: Iterable[Difference],
) -> Iterator[str]:
    yield f"<h1>{text(words.title(summary))}</h1>"
    for line in (*words.versions(summary), words.reports(summary)):
        yield f'<p class="rests">{text(line)}</p>'
    yield from _counts(summary)
    yield from _more_counts(summary)
    yield "<h2>Event by event</h2>"
    yield "<ol>"
    for one in differences:
        yield from _difference(one)
    yield "</ol>"
    yield f'<p class="more">{text(NOTE)}</p>'
    listed = list(reports)
    if listed:
        yield f"<h2>Reports coded in one run only ({len(listed):,})</h2>"
        yield "<ol>"
        for report in listed:
            yield f"<li>{_report(report, summary)}</li>"
        yield "</ol>"


def _counts(summary: Summary) -> Iterator[str]:
    head = "".join(f"<th>{name}</th>" for name in NAMES)
    yield f"<table><thead><tr><th></th>{head}</tr></thead><tbody>"
    for name, counts in words.count_rows(summary):
        row = ' class="all"' if name == "all events" else ""
        cells = "".join(f'<td class="n">{getattr(counts, n):,}</td>' for n in NAMES)
        yield f"<tr{row}><td>{text(name)}</td>{cells}</tr>"
    yield "</tbody></table>"


def _more_counts(summary: Summary) -> Iterator[str]:
    if summary.became:
        yield "<h2>Types that became others</h2>"
        yield "<table><tbody>"
        for one in summary.became:
            yield (
                f"<tr><td>{text(one.was)} → {text(one.now)}</td>"
                f'<td class="n">{one.count:,}</td></tr>'
            )
        yield "</tbody></table>"
    if summary.cells:
        yield "<h2>Cells of what changed</h2>"
        yield "<table><thead><tr><th></th><th>value</th><th>words</th><th>rule</th>"
        yield "</tr></thead><tbody>"
        for cell in summary.cells:
            counts = (cell.value, cell.words, cell.rule)
            shown = "".join(f'<td class="n">{count:,}</td>' for count in counts)
            yield f"<tr><td>{text(f'{cell.of} {cell.cell}')}</td>{shown}</tr>"
        yield "</tbody></table>"
    if summary.rules:
        yield "<h2>Rules that read more or less than before</h2>"
        for line in words.rule_lines(summary):
            yield f'<p class="rests">{text(line)}</p>'


def _difference(one: Difference) -> Iterator[str]:
    sign = words.SIGNS[one.kind]
    yield "<li>"
    yield (
        f'<p class="head">{sign} <b>{text(words.kind(one))}</b> · {one.kind} ·'
        f" {text(words.because(one))}</p>"
    )
    yield quotation(one.cite)
    event_id = one.now_id or one.was_id or ""
    yield f'<p class="rests">{published_link(one.cite)} · {text(event_id)}</p>'
    for told in words.cells(one):
        yield f'<p class="other">{text(told)}</p>'
    yield "</li>"


def _report(report: ReportDifference, summary: Summary) -> str:
    told = words.only(report, summary.a, summary.b)
    name = report.title or report.source_id
    outlet = f"{report.outlet or 'outlet not known'}, {report.date or 'no date'}"
    return text(f"{name} ({outlet}): {told}")
