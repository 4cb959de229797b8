"""Whatever stands in a page or an archive of pages: a report or a reason comes out."""

import io
from collections.abc import Iterator

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.model.document import Document, Rejected
from onrecord.read.html import read_html
from onrecord.read.language import find_foreign
from onrecord.read.limits import DEFAULT_LIMITS
from onrecord.read.origin import Origin
from onrecord.read.warc import read_warc
from tests.support import webpages
from tests.support.warcs import answer, pack, record

ORIGIN = Origin("a", "a")
PAGES = [
    make().encode()
    for make in (
        webpages.article_page,
        webpages.json_ld_page,
        webpages.microdata_page,
        webpages.undated_page,
    )
]
RECORDS = [record(answer(page)) for page in PAGES]
ARCHIVES = [b"".join(RECORDS[:2]), pack(RECORDS[:2])]
# Pieces that mean something to one of the readers.
PIECES = st.sampled_from(
    b'< > " & </div> <p> <table> <b> <!-- --> <script> <title> <plaintext> \x00 \xff '
    b'\xed\xa0\x80 &#xD800; <time\tdatetime="2020-05-06"> <base\thref="http://["> '
    b'<link\trel=canonical\thref="http://[x"> {"@type":"NewsArticle", class="date" '
    b'<meta\tcharset="utf-16"> <?xml\tencoding="utf-7"?> \x1f\x8b\x08 WARC/1.0\r\n '
    b"Content-Length:\t99999999999999 Content-Encoding:\tgzip\r\n \r\n\r\n".split(b" ")
)
Edits = list[tuple[float, int, bytes]]
EDITS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 200), PIECES), max_size=8)


def edit(raw: bytes, edits: Edits) -> bytes:
    for place, dropped, piece in edits:
        at = int(place * len(raw))
        raw = raw[:at] + piece + raw[at + dropped :]
    return raw


def check(reports: Iterator[Document | Rejected]) -> None:
    for report in reports:
        assert isinstance(report, Document | Rejected)
        shown = report.text if isinstance(report, Document) else report.reason
        assert shown
        shown.encode()


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(PAGES), EDITS)
def test_page_is_a_report_or_a_reason(page: bytes, edits: Edits) -> None:
    stream = io.BytesIO(edit(page, edits))
    check(read_html(stream, ORIGIN, DEFAULT_LIMITS))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(ARCHIVES), EDITS)
def test_archive_is_reports_and_reasons(archive: bytes, edits: Edits) -> None:
    stream = io.BytesIO(edit(archive, edits))
    check(read_warc(stream, ORIGIN, DEFAULT_LIMITS))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400), st.one_of(st.none(), st.text(max_size=12)))
def test_language_is_told_or_not_of_any_text(text: str, given_: str | None) -> None:
    found = find_foreign(text, given_)
    assert found is None or (found.language != "en" and "only English" in found.reason)
