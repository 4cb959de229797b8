"""One folder with a file of every kind, good and bad: nothing is lost or counted twice.

The texts are told apart by a number, so that no report is a copy of another.
"""

import bz2
import gzip
import io
import itertools
import lzma
import tarfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from onrecord.engine.run import run_reports
from onrecord.model.document import Document, Rejected
from onrecord.read import read_reports
from onrecord.read.kinds import Kind
from tests.support.reports import coder
from tests.support.warcs import answer, pack, record
from tests.support.webpages import article_page

GERMAN = "Der Rat teilte am Montag mit, dass die Brücke nicht mehr gesperrt wird."
WORDS = (
    "harbour",
    "council",
    "bridge",
    "union",
    "strike",
    "minister",
    "ferry",
    "market",
    "tower",
    "road",
)
_NUMBER = itertools.count(1)


def text() -> str:
    """Return a report of its own."""
    number = next(_NUMBER)
    turned = WORDS[number % 10 :] + WORDS[: number % 10]
    return (
        f"Report {number}: the {turned[0]} of town {number * 7} said on Tuesday that "
        f"the {turned[1]} and the {turned[2]} {number * 3} would be closed, after the "
        f"{turned[3]} met {number * 11} people at the {turned[4]}."
    )


def rss(*entries: str) -> str:
    items = "".join(
        f"<item><title>Talks</title><guid>{n}</guid><description>{entry}</description>"
        "</item>"
        for n, entry in enumerate(entries)
    )
    return (
        '<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>'
        f"{items}</channel></rss>"
    )


def atom(entry: str) -> str:
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><entry>'
        f'<title>Talks</title><content type="text">{entry}</content></entry></feed>'
    )


def json_feed(entry: str) -> str:
    return (
        '{"version": "https://jsonfeed.org/version/1.1", "title": "Wire", '
        f'"items": [{{"id": "1", "content_text": "{entry}"}}]}}'
    )


def nitf(body: str) -> str:
    return f"<nitf><body><body.content><p>{body}</p></body.content></body></nitf>"


def newsml(body: str) -> str:
    return (
        '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:x:1" '
        'version="1" xml:lang="en"><itemMeta><itemClass qcode="ninat:text"/></itemMeta>'
        '<contentSet><inlineXML contenttype="application/xhtml+xml"><html '
        f'xmlns="http://www.w3.org/1999/xhtml"><body><p>{body}</p></body></html>'
        "</inlineXML></contentSet></newsItem>"
    )


def mail(body: str) -> str:
    return (
        "From: Wire <news@example.org>\nSubject: Talks\n"
        f"Date: Sat, 29 Jan 2022 10:00:00 +0000\n\n{body}\n"
    )


def mbox(*bodies: str) -> str:
    return "".join(
        f"From news@example.org Sat Jan 29 10:00:00 2022\n{mail(body)}\n"
        for body in bodies
    )


def page(number: int) -> str:
    return article_page().replace("4,000 people", f"{number},000 people")


def zipped(*files: tuple[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files:
            archive.writestr(zipfile.ZipInfo(name), data)
    return buffer.getvalue()


def tarred(*files: tuple[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, data in files:
            raw = data.encode() if isinstance(data, str) else data
            info = tarfile.TarInfo(name)
            info.size = len(raw)
            archive.addfile(info, io.BytesIO(raw))
    return buffer.getvalue()


def parquet(*texts: str | None) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(pa.table({"text": texts}), buffer)
    return buffer.getvalue()


def line(body: str) -> str:
    return f'{{"text": "{body}"}}\n'


# Name, content, reports taken, reports rejected.
Row = tuple[str, str | bytes, int, int]


def make_rows() -> Sequence[Row]:
    return (
        *_good_rows(),
        *_bad_rows(),
    )


def _good_rows() -> Iterator[Row]:
    yield "a.txt", text(), 1, 0
    yield "a2.txt", text().encode("utf-16"), 1, 0
    yield "b.jsonl", line(text()) + "\n" + line(text()), 2, 0
    yield "c.json", f"[{line(text())}, {line(text())}]", 2, 0
    yield "d.csv", f'id,text\n1,"{text()}"\n2,"{text()}"\n', 2, 0
    yield "d2.tsv", f"id\ttext\n1\t{text()}\n", 1, 0
    yield "e.parquet", parquet(text(), text()), 2, 0
    yield "f.html", page(11), 1, 0
    yield "g.rss", rss(text(), text()), 2, 0
    yield "g2.xml", atom(text()), 1, 0
    yield "g3.json", json_feed(text()), 1, 0
    yield "h.warc", record(answer(page(12))), 1, 0
    yield "h2.warc.gz", pack([record(answer(page(n))) for n in (13, 14)]), 2, 0
    yield "i.xml", newsml(text()), 1, 0
    yield "j.nitf", nitf(text()), 1, 0
    yield "k.eml", mail(text()), 1, 0
    yield "l.mbox", mbox(text(), text()), 2, 0
    yield "m.jsonl.gz", gzip.compress(line(text()).encode()), 1, 0
    yield "n.txt.bz2", bz2.compress(text().encode()), 1, 0
    yield "o.csv.xz", lzma.compress(f'text,id\n"{text()}",1\n'.encode()), 1, 0
    yield "o2.txt.zst", bytes(pa.compress(text().encode(), "zstd", asbytes=True)), 1, 0
    yield "p.tar", tarred(("x/a.txt", text()), ("x/b.rss", rss(text()))), 2, 0
    yield "q.zip", _everything(), 12, 0
    yield "r.tgz", gzip.compress(tarred(("in.zip", _everything()))), 12, 0


def _everything() -> bytes:
    """Return a zip with a file of each kind, told by content alone."""
    return zipped(
        ("0", text()),
        ("1", line(text()) + line(text())),
        ("2", f'id,text\n1,"{text()}"\n'),
        ("3", parquet(text())),
        ("4", page(next(_NUMBER) + 20)),
        ("5", rss(text())),
        ("6", pack([record(answer(page(next(_NUMBER) + 20)))])),
        ("7", newsml(text())),
        ("8", nitf(text())),
        ("9", mail(text())),
        ("10", mbox(text())),
    )


def _bad_rows() -> Iterator[Row]:
    cut = gzip.compress(text().encode())
    yield "xa.txt", b"caf\xe9", 0, 1
    yield "xa2.txt", "", 0, 1
    yield "xa3.txt", GERMAN, 0, 1
    yield "xb.jsonl", line(text()) + "{broken\n" + line(text()), 2, 1
    yield "xc.json", f"[{line(text())}, oops]", 1, 1
    yield "xd.csv", f'id,text\n1,"{text()}"\n2\n', 1, 1
    yield "xd2.csv", "id,words\n1,a\n", 0, 1
    yield "xe.parquet", parquet(text(), None), 1, 1
    yield "xe2.parquet", parquet(text())[:-9], 0, 1
    yield "xf.html", "<html><body></body></html>", 0, 1
    yield "xg.rss", rss(text(), ""), 1, 1
    yield "xg2.rss", "<rss", 0, 1
    yield "xh.warc.gz", pack([record(answer(page(15)))]) + b"\x1f\x8b\x08x", 1, 1
    yield "xi.xml", newsml(""), 0, 1
    yield "xj.nitf", "<nitf><body>", 0, 1
    yield "xk.eml", "From: a\nSubject: b\n\n", 0, 1
    yield "xl.mbox", mbox(text(), ""), 1, 1
    yield "xm.txt.gz", cut[:-9], 0, 1
    yield "xn.tar", tarred(("a.txt", text()), ("b.png", b"\x89PNG\r\n\x1a\n")), 1, 1
    yield "xo.zip", zipped(("a.txt", text()))[:-30], 1, 1
    yield "xp.zip", zipped(("a.txt", text()), ("b.txt", "")), 1, 1
    yield "xq.docx", zipped(("[Content_Types].xml", "x")), 0, 1
    yield "xr.pdf", b"%PDF-1.7\n", 0, 1
    yield "xs.xml", "<?xml version='1.0'?><other/>", 0, 1


@pytest.fixture(scope="module")
def rows() -> Sequence[Row]:
    return make_rows()


@pytest.fixture(scope="module")
def folder(rows: Sequence[Row], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("every")
    for name, content, _, _ in rows:
        raw = content.encode() if isinstance(content, str) else content
        (path / name).write_bytes(raw)
    return path


def count(
    reports: Sequence[Document | Rejected], kind: Callable[[object], bool]
) -> Counter[str]:
    return Counter(Path(r.file or "").name for r in reports if kind(r))


def test_every_file_gives_what_it_holds(rows: Sequence[Row], folder: Path) -> None:
    reports = list(read_reports([folder]))
    taken = count(reports, lambda r: isinstance(r, Document))
    refused = count(reports, lambda r: isinstance(r, Rejected))
    found = [(name, taken[name], refused[name]) for name, *_ in rows]
    assert found == [(name, good, bad) for name, _, good, bad in rows]


def test_every_bad_one_has_file_place_and_reason(folder: Path) -> None:
    for report in read_reports([folder]):
        if isinstance(report, Rejected):
            assert report.file and report.reason and report.stage == "read"
    places = {
        Path(r.file or "").name: r.position
        for r in read_reports([folder])
        if isinstance(r, Rejected)
    }
    assert str(places["xh.warc.gz"]).startswith("record 2 ")
    assert places["xb.jsonl"] == "line 2"
    assert places["xd.csv"] == "line 3"
    assert places["xe.parquet"] == "row 2"
    assert places["xg.rss"] == "entry 2"
    assert places["xl.mbox"] == "message 2"
    assert places["xn.tar"] == "b.png"
    assert places["xp.zip"] == "b.txt"


def test_reports_are_called_by_the_file_without_its_endings(folder: Path) -> None:
    ids = {Path(r.file or "").name: r.source_id for r in read_reports([folder])}
    assert ids["h2.warc.gz"] == "h2#2"
    assert ids["m.jsonl.gz"] == "m#1"
    assert ids["n.txt.bz2"] == "n"


def test_there_is_a_file_of_every_kind(folder: Path) -> None:
    read_as = {"bzip2": ".bz2", "gzip": ".gz", "text": ".txt", "table": ".csv"}
    read_as |= {"feed": ".rss", "newsml": ".xml", "zstd": ".zst"}
    endings = {path.suffix for path in folder.iterdir()}
    assert {read_as.get(kind, f".{kind}") for kind in Kind} <= endings


def test_the_account_sums(rows: Sequence[Row], folder: Path, tmp_path: Path) -> None:
    reports = list(read_reports([folder]))
    run = run_reports(tmp_path / "rec", reports, inputs=["every"], coder=coder())
    tally = run.tally
    good, bad = sum(row[2] for row in rows), sum(row[3] for row in rows)
    assert tally.read == good + bad
    assert tally.rejected == bad
    copies = tally.exact + tally.near + tally.rewritten
    assert tally.coded + copies + tally.known == good
    assert tally.pending == 0
