"""Pages made to stop their reader are refused before they are parsed."""

import io
import time

import pytest

from onrecord.model.document import Document, Rejected
from onrecord.read.html import read_html
from onrecord.read.html_guard import check_markup
from onrecord.read.limits import DEFAULT_LIMITS, Limits
from onrecord.read.origin import Origin
from tests.support.webpages import HARBOUR_BODY, page, read_one

MANY = 100_000
NAMES = " ".join(f"b{number}" for number in range(MANY))
# Larger than what is looked over, whatever stands in it.
PADDING = f"<p>{'They left. ' * 10_000}</p>"


def padded(html: str) -> str:
    return page(html + PADDING)


@pytest.mark.parametrize(
    "html",
    [
        f"<div {NAMES}>",
        f"<div {NAMES}",
        f"<div\n{NAMES.replace(' ', '/')}>",
        "<div " + " ".join(f'a{number}=">"' for number in range(MANY)) + ">",
        "<div a=x\" " + " ".join(f'a{number}=">"' for number in range(MANY)) + ">",
        f"<script><x y='</script><div {NAMES}>'",
        f"<!-- <x y=' --><div {NAMES}>'",
        f"<title><x y='</title><div {NAMES}>'",
        f"<!doctype x '><div {NAMES}>'",
        f"<script {NAMES}></script>",
    ],
)  # fmt: skip
def test_attributes_without_end_are_refused(html: str) -> None:
    with pytest.raises(ValueError, match="attributes, the limit is 2,000"):
        check_markup(padded(html), DEFAULT_LIMITS)


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * MANY,
        "<p>They left.</p>" * MANY,
        "<br>" * MANY,
        "<table><tr><td>" * MANY,
        "<a b='x'>" * MANY,
    ],
)
def test_elements_without_end_are_refused(html: str) -> None:
    with pytest.raises(ValueError, match="more than 20,000 elements"):
        check_markup(padded(html), DEFAULT_LIMITS)


@pytest.mark.parametrize(
    "html",
    [
        f"<div {' '.join(f'b{number}' for number in range(2_000))}>",
        "<br>" * 19_990,
        f"<!-- {'<p>' * MANY} -->",
        f"<script>{'<p>' * MANY}</script>",
        f"<p title='{'<p>' * MANY}'>",
        f"<p title='{NAMES}'>",
        "</p>" * MANY,
        NAMES,
    ],
)
def test_what_is_large_and_harmless_passes(html: str) -> None:
    check_markup(padded(html), DEFAULT_LIMITS)


@pytest.mark.parametrize("piece", ["<p>They left.</p>", "<a href=x>y</a> ", "x<br>"])
def test_children_without_end_are_refused(piece: str) -> None:
    report = read_one(padded(f"<div>{piece * 5_001}</div>"))
    assert isinstance(report, Rejected)
    assert "an element of the page has more than 5,000 others in it" in report.reason


@pytest.mark.parametrize(
    "piece",
    ["<b<b", '<a b="', "<a '", "<a ", "<!--", "<script>", "<!", "<a =", "<", "<a/",
     "a=", "</script", "<title></titl", "<a\n=\"'"],
)  # fmt: skip
def test_looking_takes_the_time_of_one_pass(piece: str) -> None:
    html = piece * (1_000_000 // len(piece))
    start = time.perf_counter()
    try:
        check_markup(html, DEFAULT_LIMITS)
    except ValueError as err:
        assert "the limit is" in str(err)
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 15_000 + HARBOUR_BODY,
        "<b>" * 15_000 + HARBOUR_BODY,
        f"<p title='{'x' * 5_000_000}'>" + HARBOUR_BODY,
        HARBOUR_BODY + "&amp;" * 500_000,
        HARBOUR_BODY + "<!--" * 500_000,
        "</div></p></body></html>" * 1_000 + HARBOUR_BODY,
    ],
)
def test_odd_pages_end_in_a_report_or_a_reason(html: str) -> None:
    start = time.perf_counter()
    report = read_one(page(html))
    assert isinstance(report, Document | Rejected)
    assert time.perf_counter() - start < 20


@pytest.mark.parametrize(
    ("limits", "name"),
    [
        (Limits(page_elements=200), "page-elements=400"),
        (Limits(page_attributes=2), "page-attributes=4"),
        (Limits(page_children=100), "page-children=200"),
    ],
)
def test_limits_of_a_page_are_named_and_can_be_set(limits: Limits, name: str) -> None:
    html = padded(f"<div a b c>{'<p>They left.</p>' * 300}</div>").encode()
    found = list(read_html(io.BytesIO(html), Origin("a.html", "a"), limits))
    assert [type(one) for one in found] == [Rejected]
    assert found[0].reason.endswith(f"raise it with --limit {name}")
    (taken,) = read_html(io.BytesIO(html), Origin("a.html", "a"), DEFAULT_LIMITS)
    assert isinstance(taken, Document) or "the limit" not in taken.reason
