"""The report's text on a web page, or why there is none.

trafilatura tells the text from what stands around it; here it is judged whether what
it found is a report: not an error, an index, a banner, or a beginning that is for sale.
"""

import functools
import logging
import re
from importlib.metadata import version

from lxml import etree  # type: ignore[import-untyped]
from lxml.html import HtmlElement  # type: ignore[import-untyped]

from onrecord.read.html_facts import Facts, Phrases, load_page_words, plain

MAX_STUB_WORDS = 150  # of an error, a banner, or the open part of a sold report
MIN_SENTENCE_WORDS = 6
MAX_LISTED_TITLES = 8  # headings that lead elsewhere, on a page that is no article
MIN_WORDS_A_TITLE = 40  # of text for each such heading, where it is one
MAX_BESIDE = 12  # characters: "Error: ", "Sorry, "
LAST_LINES = 4  # where a report that is for sale says so
_SENTENCE_END = re.compile(r"[.!?][\"'”’»)\]]*(?:\s|$)")
# What code for pages of all kinds runs into on the odd one: each costs that page.
LIBRARY_ERRORS = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
    etree.LxmlError,
)
_LOGGERS = ("trafilatura", "htmldate", "justext", "courlan", "charset_normalizer")


def find_article(tree: HtmlElement, facts: Facts) -> str:
    """Return the text, a paragraph a line, without the headline above it.

    Raises `ValueError` with the reason when the page holds no report.
    """
    text = _extract(tree)
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) > 1 and plain(lines[0]) == facts.title:
        lines = lines[1:]
    words = sum(len(line.split()) for line in lines)
    if words <= MAX_STUB_WORDS:
        _check_stub(tree, facts, lines)
    if not any(map(_is_sentence, lines)):
        raise ValueError(
            "no report was found on the page: it has no paragraph of text; save the "
            "report's text as plain text if there is one"
        )
    listed = 0 if facts.is_article else _count_listed(tree)
    if listed >= MAX_LISTED_TITLES and words < MIN_WORDS_A_TITLE * listed:
        raise ValueError(
            f"the page is a list of {listed} headlines that lead elsewhere, not a "
            "report; name the pages of the reports"
        )
    return "\n".join(lines)


@functools.cache
def extractor_name() -> str:
    """Return what takes the text out of pages, with its version."""
    return f"trafilatura {version('trafilatura')}"


def _extract(tree: HtmlElement) -> str:
    import trafilatura

    silence_libraries()
    try:
        found = trafilatura.bare_extraction(
            tree, include_comments=False, include_formatting=False
        )
    except LIBRARY_ERRORS as err:
        raise ValueError(
            f"the page stops {extractor_name()} ({type(err).__name__}); save the "
            "report's text as plain text"
        ) from err
    text = getattr(found, "text", None)
    return text if isinstance(text, str) else ""


@functools.cache
def silence_libraries() -> None:
    """Keep the libraries' warnings of odd pages off the user's terminal.

    A program that sets up logging hears them still.
    """
    for name in _LOGGERS:
        logging.getLogger(name).addHandler(logging.NullHandler())


def _check_stub(tree: HtmlElement, facts: Facts, lines: list[str]) -> None:
    words = load_page_words()
    headings = (facts.title, *(plain(one.text_content()) for one in _titles(tree)))
    for line in (*headings, *lines[:1]):
        if line and _is_only(line, words.missing):
            raise ValueError(
                f'the page says "{line[:60]}" and holds no report; get the page again'
            )
    sold = [line for line in lines[-LAST_LINES:] if _says(line, words.wall)]
    if facts.is_free is False or (sold and facts.is_free is None):
        raise ValueError(
            "only the beginning of the report stands on the page, the rest is for "
            "subscribers; save the whole text if you may read it"
        )
    if lines and 2 * sum(
        _says(line, words.consent) is not None for line in lines
    ) > len(lines):
        raise ValueError(
            "the page holds a notice on cookies and no report; save the report's text "
            "as plain text if there is one"
        )


def _titles(tree: HtmlElement) -> list[HtmlElement]:
    return [*tree.iter("title", "h1")][:4]


def _says(line: str, known: Phrases) -> re.Match[str] | None:
    return _pattern(known.phrases).search(line.lower().replace("’", "'"))


def _is_only(line: str, known: Phrases) -> bool:
    """Tell whether a line is such a phrase with hardly a word beside."""
    found = _says(line, known)
    return found is not None and len(line) <= len(found[0]) + MAX_BESIDE


@functools.cache
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def _is_sentence(line: str) -> bool:
    stripped = line.strip()
    long_enough = len(stripped.split()) >= MIN_SENTENCE_WORDS
    return long_enough and bool(_SENTENCE_END.search(stripped))


def _count_listed(tree: HtmlElement) -> int:
    """Return how many headings of the page's main part lead to other pages."""
    return sum(
        1
        for heading in tree.iter("h2", "h3", "h4")
        if (heading.find(".//a") is not None or _is_within(heading, ("a",)))
        and not _is_within(heading, ("aside", "footer", "nav", "header"))
    )


def _is_within(element: HtmlElement, tags: tuple[str, ...]) -> bool:
    return next(element.iterancestors(*tags), None) is not None
