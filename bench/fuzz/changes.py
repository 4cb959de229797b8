"""Change good bytes into bad ones, and pack them."""

import bz2
import gzip
import io
import lzma
import random
import tarfile
import zipfile
from collections.abc import Callable, Sequence

MAX_CHANGES = 6
MAX_REPEATED = 4_000  # bytes that one change may add
MAX_SWOLLEN = 200_000  # bytes of one piece, over and over
# Pieces that mean something to one of the readers.
PIECES: Sequence[bytes] = tuple(
    piece.encode("utf-8", "surrogatepass") if isinstance(piece, str) else piece
    for piece in (
        *"\"\\{}[],;:\t\n\r<>&='#%-",
        *("\x00", "\x1a", "\x1b[2J", "\u202e", "\ufeff", "\ud800", "\U0010ffff", "é"),
        *(
            b"\xff\xfe",
            b"\xfe\xff",
            b"\xef\xbb\xbf",
            b"\xe9",
            b"\x80",
            b"\xf8",
            b"\xa0",
        ),
        *("\\ud800", "\\u0000", "NaN", "null", "true", "1e999", "-0", "9" * 400),
        *('{"text":', '"date":', "text,date\n", "sep=;\n", "\r\n\r\n", "\n\n", '""'),
        *("date 2022-01-29 ", "Date: ", "2022-13-45", "0000-00-00", "+99999-01-01"),
        *(
            "<html>",
            "<p>",
            "</p>",
            "<!--",
            "-->",
            "<![CDATA[",
            "]]>",
            "<?xml",
            "<script>",
        ),
        *(
            "&#xD800;",
            "&#0;",
            "&amp;",
            "&a;",
            "&#99999999;",
            "<!DOCTYPE a [",
            "<base href=",
        ),
        *('<!ENTITY a "b">', 'encoding="utf-16"', "charset=utf-7", "charset=idna"),
        *("<item>", "</item>", "<entry>", "<rss>", "<nitf>", "<newsItem>", "xmlns='"),
        *(
            "From a@b Sat Jan 29 23:30:00 2022\n",
            "Content-Type: ",
            "--cut",
            "--cut--\n",
        ),
        *("=?utf-8?b?", "?=", "=?x?q?", "charset*0*=", "boundary=", "message/rfc822"),
        *(
            "WARC/1.0\r\n",
            "Content-Length: ",
            "Transfer-Encoding: chunked\r\n",
            "HTTP/1.1",
        ),
        *("Content-Encoding: gzip\r\n", "WARC-Type: ", "-1", "18446744073709551616"),
        *(
            b"PK\x03\x04",
            b"PK\x01\x02",
            b"PK\x05\x06",
            b"\x1f\x8b\x08",
            b"BZh9",
            b"PAR1",
        ),
        *(
            "../",
            "/etc/passwd",
            "C:\\",
            "a" * 300,
            "They left. ",
            "Er sagte am Montag. ",
        ),
    )
)
CHARSETS = ("utf-8-sig", "utf-16", "utf-16-be", "utf-32", "cp1251", "latin-1", "utf-7")


def change(raw: bytes, rng: random.Random, others: Sequence[bytes]) -> bytes:
    """Return `raw` changed in a few places; `others` may lend it parts."""
    for _ in range(rng.randint(1, MAX_CHANGES)):
        at = rng.randint(0, len(raw))
        raw = rng.choice(_CHANGES)(raw, at, rng, others)
    return raw


def _put(raw: bytes, at: int, rng: random.Random, _: Sequence[bytes]) -> bytes:
    return raw[:at] + rng.choice(PIECES) + raw[at:]


def _replace(raw: bytes, at: int, rng: random.Random, _: Sequence[bytes]) -> bytes:
    return raw[:at] + rng.choice(PIECES) + raw[at + rng.randint(0, 8) :]


def _flip(raw: bytes, at: int, rng: random.Random, _: Sequence[bytes]) -> bytes:
    return raw[:at] + rng.randbytes(rng.randint(1, 4)) + raw[at + 1 :]


def _remove(raw: bytes, at: int, rng: random.Random, _: Sequence[bytes]) -> bytes:
    return raw[:at] + raw[at + rng.choice((1, 2, 8, 64, 512)) :]


def _repeat(raw: bytes, at: int, rng: random.Random, _: Sequence[bytes]) -> bytes:
    part = raw[at : at + rng.choice((1, 2, 5, 20, 100))] or b"a"
    times = min(rng.choice((2, 3, 10, 100, 1000)), MAX_REPEATED // len(part))
    return raw[:at] + part * times + raw[at:]


def swell(raw: bytes, rng: random.Random) -> bytes:
    """Return `raw` with one piece in it thousands of times over."""
    at = rng.randint(0, len(raw))
    own = raw[at : at + rng.choice((1, 4, 20, 100))] or b"a"
    unit = rng.choice((own, rng.choice(PIECES), rng.choice(PIECES) + own))
    return raw[:at] + unit * (MAX_SWOLLEN // len(unit)) + raw[at:]


def _cut(raw: bytes, at: int, rng: random.Random, _: Sequence[bytes]) -> bytes:
    return raw[:at] if rng.random() < 0.7 else raw[at:]


def _lend(raw: bytes, at: int, rng: random.Random, others: Sequence[bytes]) -> bytes:
    other = rng.choice(others)
    start = rng.randint(0, len(other))
    return raw[:at] + other[start : start + rng.choice((10, 100, 1000))] + raw[at:]


def _recode(raw: bytes, _: int, rng: random.Random, __: Sequence[bytes]) -> bytes:
    return raw.decode("utf-8", "replace").encode(rng.choice(CHARSETS), "replace")


_Change = Callable[[bytes, int, random.Random, Sequence[bytes]], bytes]
_CHANGES: Sequence[_Change] = (
    *(_put, _put, _replace, _replace, _flip, _flip, _remove, _repeat, _cut),
    *(_lend, _recode),
)


def pack(name: str, raw: bytes, rng: random.Random) -> tuple[str, bytes]:
    """Return the file packed in one of the ways that are read, and its name then."""
    how = rng.choice(("gz", "gz", "bz2", "xz", "zip", "zip", "tar", "tgz"))
    match how:
        case "gz":
            return f"{name}.gz", gzip.compress(raw, 1, mtime=0)
        case "bz2":
            return f"{name}.bz2", bz2.compress(raw, 1)
        case "xz":
            return f"{name}.xz", lzma.compress(raw, preset=0)
        case "zip":
            return f"{name}.zip", pack_zip((name, raw), ("b.meta.json", b'{"id": 7}'))
        case _:
            tarred = pack_tar((name, raw))
            if how == "tar":
                return f"{name}.tar", tarred
            return f"{name}.tgz", gzip.compress(tarred, 1, mtime=0)


def pack_zip(*files: tuple[str, bytes]) -> bytes:
    """Return a zip archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, raw in files:
            archive.writestr(zipfile.ZipInfo(name), raw, zipfile.ZIP_DEFLATED, 1)
    return buffer.getvalue()


def pack_tar(*files: tuple[str, bytes]) -> bytes:
    """Return a tar archive."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        for name, raw in files:
            info = tarfile.TarInfo(name)
            info.size = len(raw)
            tar.addfile(info, io.BytesIO(raw))
    return buffer.getvalue()
