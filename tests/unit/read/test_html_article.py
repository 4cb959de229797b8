"""What pages say that hold no report: phrases of the data file, and examples."""

import tomllib
from importlib.resources import files

import pytest

from onrecord.model.document import Document, Rejected
from tests.support.webpages import HARBOUR_BODY, page, read_one

TABLE = tomllib.loads(
    (files("onrecord") / "data" / "read" / "webpages.toml").read_text("utf-8")
)
SENTENCE = "<p>The council said on Monday that it will close the bridge.</p>"


def reason_of(html: str) -> str:
    report = read_one(html)
    assert isinstance(report, Rejected)
    return report.reason


@pytest.mark.parametrize("example", TABLE["missing"]["examples"])
def test_errors_are_known(example: str) -> None:
    html = page(f"<h1>{example}</h1><p>Try to find it by another way, or later.</p>")
    assert f'the page says "{example}"' in reason_of(html)


@pytest.mark.parametrize("example", TABLE["wall"]["examples"])
def test_offers_to_buy_the_rest_are_known(example: str) -> None:
    html = page(f"<article><h1>Bridge</h1>{SENTENCE}<p>{example}</p></article>")
    assert "only the beginning of the report stands on the page" in reason_of(html)


@pytest.mark.parametrize("example", TABLE["consent"]["examples"])
def test_notices_on_cookies_are_known(example: str) -> None:
    assert "a notice on cookies and no report" in reason_of(page(f"<p>{example}</p>"))


def test_report_that_says_it_is_free_is_whole() -> None:
    head = (
        '<script type="application/ld+json">{"@type": "NewsArticle", '
        '"isAccessibleForFree": true}</script>'
    )
    body = f"<article><h1>Bridge</h1>{SENTENCE}<p>Already a subscriber?</p></article>"
    assert isinstance(read_one(page(body, head=head)), Document)


@pytest.mark.parametrize(
    "title",
    [
        "Access denied to inspectors, agency says in a note to members",
        "Hikers not found after week of search",
        "Marches forbidden in capital",
        "Line under maintenance again, trains stop at Northvale",
    ],
)
def test_headlines_with_such_words_are_headlines(title: str) -> None:
    html = page(f"<article><h1>{title}</h1>{SENTENCE}</article>")
    assert isinstance(read_one(html), Document)


def test_few_headlines_below_a_report_are_not_a_list() -> None:
    more = "".join(f"<h3><a href='/{n}'>Story {n} goes on</a></h3>" for n in range(7))
    assert isinstance(read_one(page(HARBOUR_BODY + more)), Document)
