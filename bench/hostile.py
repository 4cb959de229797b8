"""Read hostile inputs: what happens to each, in what time and memory.

    python -m bench.hostile > docs/reference/hostile.md

Each input is made in a temporary folder and read by a process of its own, by the reader
alone; its peak memory is what the operating system counted for that process.
"""

import argparse
import bz2
import gzip
import io
import json
import struct
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from onrecord.model.document import Rejected
from onrecord.read import read_reports

SECONDS = 300
GB = 10**9
SHOWN = 110  # characters of a reason
ESCAPES = "\x1b[2J\x1b]0;owned\x07\x9b31m\u202e"
LAUGHS = "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "They left. ">'
    for n in range(10)
)
BLOWUP = f'<!ENTITY a "{"They left. " * 5000}">'
OUTSIDE = '<!ENTITY l9 SYSTEM "file:///etc/passwd">'

HEADING = """\
# Hostile inputs

What the reader does with inputs that are made to break it, measured with
`python -m bench.hostile`.
A process that reads one good report of one line needs {base} of memory; the figures
below include that.
Seconds are of a machine with two cores that had other work to do at the time.
Every limit is an option (`--limit NAME=VALUE`), listed in
[Code your own reports](../how-to/reports.md#limits).

| Input | Size | Taken | Rejected | Seconds | Peak memory | First reason |
|---|---:|---:|---:|---:|---:|---|
"""


def pack_zip(*files: tuple[str, bytes]) -> bytes:
    """Return a zip archive of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def pack_tar(*members: tuple[tarfile.TarInfo, bytes]) -> bytes:
    """Return a tar archive; what its headers say need not be true."""
    buffer = io.BytesIO()
    for info, data in members:
        buffer.write(info.tobuf())
        buffer.write(data + bytes(-len(data) % 512))
    return buffer.getvalue() + bytes(1024)


def make_info(
    name: str, *, kind: bytes = tarfile.REGTYPE, size: int = 0
) -> tarfile.TarInfo:
    """Return a tar header."""
    info = tarfile.TarInfo(name)
    info.type, info.size, info.linkname = kind, size, "/etc/passwd"
    return info


def squeeze(chunk: bytes, times: int) -> bytes:
    """Return `chunk` so many times over as gzip, without holding it."""
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb", mtime=0) as stream:
        for _ in range(times):
            stream.write(chunk)
    return buffer.getvalue()


def zip_bomb() -> bytes:
    """Return a zip whose one file unpacks to a gigabyte."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("day.txt", "w") as member,
    ):
        for _ in range(1000):
            member.write(b"a" * 10**6)
    return buffer.getvalue()


def zstd_bomb() -> bytes:
    """Return Zstandard that unpacks to 500 MB."""
    import pyarrow as pa  # its memory is none of the reader's

    return bytes(pa.compress(b"a" * 5 * 10**8, codec="zstd", asbytes=True))


def nested_zips() -> bytes:
    """Return zips of zips: 10 in each, 8 deep, with a bomb at the bottom."""
    raw = pack_zip(("day.txt", b"a" * 10**8))
    for _ in range(7):
        raw = pack_zip(*((f"{n}.zip", raw) for n in range(10)))
    return raw


def overlapping_zip() -> bytes:
    """Return a zip that lists one file's bytes 50,000 times."""
    raw = pack_zip(("day.txt", b"a" * 10**6))
    at, end = raw.index(b"PK\x01\x02"), raw.index(b"PK\x05\x06")
    listed = raw[at:end] * 50_000
    tail = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, 50_000, 50_000, len(listed), at, 0
    )
    return raw[:at] + listed + tail


def crowded_zip() -> bytes:
    """Return a zip that lists 2,000,000 files."""
    raw = pack_zip(("a", b""))
    at, end = raw.index(b"PK\x01\x02"), raw.index(b"PK\x05\x06")
    listed = raw[at:end] * 2_000_000
    tail = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, 65535, 65535, len(listed), at, 0
    )
    return raw[:at] + listed + tail


def feed(entities: str, entity: str, times: int = 1) -> str:
    """Return a feed whose text is made of entities."""
    return (
        f'<?xml version="1.0"?><!DOCTYPE rss [{entities}]><rss version="2.0"><channel>'
        f"<title>Wire</title><item><title>Talks</title><description>{entity * times}"
        "</description></item></channel></rss>"
    )


def nitf(entities: str, entity: str, times: int = 1) -> str:
    """Return a NITF file whose text is made of entities."""
    return (
        f'<?xml version="1.0"?><!DOCTYPE nitf [{entities}]><nitf><body><body.content>'
        f"<p>{entity * times}</p></body.content></body></nitf>"
    )


def newsml(entities: str, entity: str) -> str:
    """Return a NewsML-G2 item whose text is made of entities."""
    return (
        f'<?xml version="1.0"?><!DOCTYPE newsItem [{entities}]>'
        '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="a" version="1">'
        "<contentSet><inlineXML><html xmlns='http://www.w3.org/1999/xhtml'><body>"
        f"<p>{entity}</p></body></html></inlineXML></contentSet></newsItem>"
    )


def nested_mail() -> bytes:
    """Return a mail whose parts lie 5,000 deep in one another."""
    head = b"From: a@e.org\nSubject: Talks\nMIME-Version: 1.0\n"
    parts = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n)
        for n in range(5000)
    )
    return head + parts + b"\nThey left.\n"


def hostile_names() -> bytes:
    """Return a zip whose names climb out of it or steer a terminal."""
    names = (
        "../../etc/passwd",
        "/etc/passwd",
        f"a{ESCAPES}.txt",
        "C:\\x.txt",
        "a/../../b",
    )
    return pack_zip(*((name, b"They left.") for name in names))


def rows_never_closed() -> bytes:
    """Return a table in which each of 200,000 lines opens a quote."""
    return b"text,id\n" + b'"They left,1\n' * 200_001


CASES: Mapping[str, tuple[str, Callable[[], bytes | str]]] = {
    "zip bomb: one file of 1 GB": ("a.zip", zip_bomb),
    "zips in zips, 10 in each, 8 deep": ("b.zip", nested_zips),
    "zip that lists one file's bytes 50,000 times": ("c.zip", overlapping_zip),
    "zip that lists 2,000,000 files": ("d.zip", crowded_zip),
    "gzip bomb: text of 1 GB": ("e.txt.gz", lambda: squeeze(b"a" * 10**6, 1000)),
    "gzip bomb packed in gzip": (
        "f.gz",
        lambda: gzip.compress(squeeze(b"a" * 10**6, 1000)),
    ),
    "gzip bomb: JSON lines of 1 GB, all blank": (
        "g.jsonl.gz",
        lambda: squeeze(b"\n" * 10**6, 1000),
    ),
    "bzip2 bomb: text of 500 MB": ("h.txt.bz2", lambda: bz2.compress(b"a" * 5 * 10**8)),
    "Zstandard bomb: text of 500 MB": (
        "h2.txt.zst",
        zstd_bomb,
    ),
    "Zstandard that says its dictionary has 2 GB": (
        "h3.warc.zst",
        lambda: b"\x5d\x2a\x4d\x18" + (2**31).to_bytes(4, "little") + bytes(10**6),
    ),
    "zip bomb without its list of files": (
        "h4.zip",
        lambda: zip_bomb().partition(b"PK\x01\x02")[0],
    ),
    "tar whose header of fields has 5 GB": (
        "i.tar",
        lambda: pack_tar((make_info("x", kind=tarfile.XHDTYPE, size=5 * GB), b"")),
    ),
    "tar with a file of negative size": ("j.tar", lambda: negative_tar()),
    "tar with links, devices and a file with holes": (
        "k.tar",
        lambda: pack_tar(
            *(
                (make_info(str(kind), kind=kind), b"")
                for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE)
            ),
            (make_info("sparse", kind=tarfile.GNUTYPE_SPARSE), b""),
        ),
    ),
    "names that climb out of the archive": ("l.zip", hostile_names),
    "XML entity bomb in a feed": ("m.rss", lambda: feed(LAUGHS, "&l9;")),
    "XML entity bomb in NITF": ("n.nitf", lambda: nitf(LAUGHS, "&l9;")),
    "XML entity bomb in NewsML": ("o.xml", lambda: newsml(LAUGHS, "&l9;")),
    "quadratic blow-up in a feed": ("p.rss", lambda: feed(BLOWUP, "&a;", 5000)),
    "quadratic blow-up in NITF": ("q.nitf", lambda: nitf(BLOWUP, "&a;", 5000)),
    "entity that reads /etc/passwd, in a feed": (
        "r.rss",
        lambda: feed(OUTSIDE, "&l9;"),
    ),
    "entity that reads /etc/passwd, in NITF": ("s.nitf", lambda: nitf(OUTSIDE, "&l9;")),
    "XML 100,000 elements deep": (
        "t.nitf",
        lambda: "<nitf><body><body.content>" + "<p>" * 100_000 + "They left.",
    ),
    "HTML 100,000 elements deep": (
        "u.html",
        lambda: "<html><body>" + "<div>" * 100_000 + "They left.",
    ),
    "HTML: one line of 10 MB of <": ("v.html", lambda: b"<" * 10**7),
    "text: one line of 10 MB of <": ("w.txt", lambda: b"<" * 10**7),
    "feed: one line of 10 MB of <": ("x.rss", lambda: b"<rss>" + b"<" * 10**7),
    "HTML: 10 MB of unclosed comments": (
        "y.html",
        lambda: b"<html>" + b"<!--" * 2_500_000,
    ),
    "text: one token of 50 MB": ("z.txt", lambda: b"a" * 50_000_000),
    "text: one token of 9 MB": ("aa.txt", lambda: b"a" * 9_000_000),
    "text: 9 MB of header lines": ("ab.txt", lambda: b"Date: x\n" * 1_100_000),
    "JSON 1,000,000 lists deep": ("ac.json", lambda: b"[" * 1_000_000),
    "JSON lines, an object 1,000,000 deep": ("ad.jsonl", lambda: b'{"a":' * 1_000_000),
    "JSON: a number of 20 MB": (
        "ae.json",
        lambda: b'[{"text": ' + b"9" * 20_000_000 + b"}]",
    ),
    "JSON lines: a number of 20 MB": (
        "af.jsonl",
        lambda: b'{"text": ' + b"9" * 20_000_000 + b"}\n",
    ),
    "JSON: a string never closed, 100 MB": (
        "ag.json",
        lambda: b'[{"text": "' + b"a" * 10**8,
    ),
    "JSON lines: lone surrogates": (
        "ah.jsonl",
        lambda: b'{"text": "They \\ud800 left."}\n' * 1000,
    ),
    "JSON lines: steering characters in titles": (
        "ai.jsonl",
        lambda: json.dumps({"text": "They left.", "title": ESCAPES, "id": ESCAPES}),
    ),
    "JSON lines: one line of 500 MB": (
        "aj.jsonl",
        lambda: b'{"text": "' + b"a" * 5 * 10**8,
    ),
    "CSV: a field of 100 MB": (
        "ak.csv",
        lambda: b'text,id\n"' + b"a" * 10**8 + b'",1\n',
    ),
    "CSV: a quote never closed, 500,000 lines": (
        "al.csv",
        lambda: b'text,id\n"They left,1\n' + b"They came,2\n" * 500_000,
    ),
    "CSV: quotes opened in each of 200,000 lines": ("am.csv", rows_never_closed),
    "CSV: a row of 2,500,001 cells": (
        "an.csv",
        lambda: b"text,id\n" + b"a," * 2_500_000,
    ),
    "mail: parts 5,000 deep in one another": ("ao.eml", nested_mail),
    "mail: 300,000 header lines": (
        "ap.eml",
        lambda: b"Subject: x\n" * 300_000 + b"\nx",
    ),
    "mailbox: one message of 100 MB": (
        "aq.mbox",
        lambda: (
            b"From a@e.org Sat Jan 29 10:00:00 2022\nSubject: x\n\n"
            + b"They left.\n" * 9_000_000
        ),
    ),
    "WARC: a record that says it has 10 GB": (
        "ar.warc",
        lambda: (
            b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 10000000000\r\n\r\nx"
        ),
    ),
    "WARC: 20 MB without a line end": (
        "as.warc",
        lambda: b"WARC/1.0" + b"a" * 20_000_000,
    ),
    "Parquet cut in half": ("at.parquet", lambda: b"PAR1" + bytes(10**6)),
    "random bytes, 10 MB": ("au.bin", lambda: bytes(range(256)) * 40_000),
}


def negative_tar() -> bytes:
    """Return a tar with a file that would make a reader walk back for ever."""
    raw = bytearray(make_info("x").tobuf(tarfile.GNU_FORMAT))
    raw[124:136] = b"\xff" * 11 + b"\x00"
    raw[148:156] = b" " * 8
    raw[148:156] = b"%06o\0 " % sum(raw[:512])
    return bytes(raw) + bytes(1024)


def read_one(path: Path) -> dict[str, object]:
    """Read a file in this process; return what happened."""
    start = time.perf_counter()
    counts: Counter[str] = Counter()
    reason = ""
    for report in read_reports([path]):
        counts[type(report).__name__] += 1
        if isinstance(report, Rejected) and not reason:
            reason = report.reason
    return {
        "taken": counts["Document"],
        "rejected": counts["Rejected"],
        "reason": reason,
        "seconds": time.perf_counter() - start,
        "megabytes": peak_memory() / 1e6,
    }


def peak_memory() -> int:
    """Return this process's peak memory in bytes; getrusage counts its parent's."""
    status = Path("/proc/self/status").read_text()
    line = next(one for one in status.splitlines() if one.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024


def read_apart(path: Path) -> dict[str, object]:
    """Read a file in a process of its own, which may die or hang."""
    command = [sys.executable, "-m", "bench.hostile", "--one", str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=True)
    except subprocess.TimeoutExpired:
        return {"failed": f"not done after {SECONDS} s"}
    except subprocess.CalledProcessError as err:
        last = err.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        return {"failed": f"died with {err.returncode}: {last}"}
    result: dict[str, object] = json.loads(done.stdout)
    return result


def make_rows(folder: Path, only: str) -> Iterator[str]:
    """Yield a row of the table for each input, and remove the input again."""
    for title, (name, make) in CASES.items():
        if only not in title:
            continue
        raw = make()
        path = folder / name
        path.write_bytes(raw.encode() if isinstance(raw, str) else raw)
        size = path.stat().st_size
        del raw
        yield show_row(title, size, read_apart(path))
        path.unlink()


def show_row(title: str, size: int, found: Mapping[str, object]) -> str:
    """Return a row of the table."""
    shown = f"{size / 1e6:,.1f} MB" if size >= 10**5 else f"{size:,} B"
    if "failed" in found:
        return f"| {title} | {shown} | | | | | FAILED: {found['failed']} |"
    reason = str(found["reason"])
    if len(reason) > SHOWN:
        reason = reason[: SHOWN - 1] + "…"
    return (
        f"| {title} | {shown} | {found['taken']:,} | {found['rejected']:,} | "
        f"{found['seconds']:.2f} | {found['megabytes']:,.0f} MB | "
        f"{reason.replace('|', '&#124;').replace('<', '&lt;')} |"
    )


def main() -> None:
    """Print the table, or with `--one` what came of one file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one", type=Path)
    parser.add_argument("--only", default="", help="a part of the inputs' titles")
    args = parser.parse_args()
    if args.one:
        print(json.dumps(read_one(args.one)))
        return
    with tempfile.TemporaryDirectory() as folder:
        good = Path(folder, "good.txt")
        good.write_text("They left.")
        base = read_apart(good)["megabytes"]
        good.unlink()
        print(HEADING.format(base=f"{base:,.0f} MB"), end="")
        for row in make_rows(Path(folder), args.only):
            print(row, flush=True)


if __name__ == "__main__":
    main()
