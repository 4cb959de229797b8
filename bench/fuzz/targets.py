"""The targets: each makes case number n of a seed, runs it, and checks the outcome."""

import io
import json
import random
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import msgspec

from bench.fuzz.changes import change, pack, pack_tar, pack_zip, swell
from bench.fuzz.checks import Broken, check_layers, check_line, check_reports
from bench.fuzz.readings import AnyReader, load_labels
from bench.fuzz.seeds import load_seeds
from bench.fuzz.texts import make_long, make_text
from onrecord.cli.output import write_lines, write_sheet
from onrecord.lexicon.kit import Kit, load_kit
from onrecord.model.document import DateBasis, Document, make_doc_id
from onrecord.pipeline import code, understand
from onrecord.read import read_reports
from onrecord.read.dates import parse_date
from onrecord.show.export.plover import plover_record, report_fields
from onrecord.show.flat import flat_columns, flat_rows
from onrecord.show.layers import KINDS, LAYERS, Extraction, layer_lines
from onrecord.understand.parse import SentenceCache
from onrecord.understand.reader import Reader, load_reader

AGAIN = 0.1  # of the cases are run twice: same in, same out
STRANGER = 0.15  # of the files have the ending of another kind, or none
CHARACTERS = "characters"  # target: JSON lines that hold any text
ENDINGS = (
    *(
        "",
        "txt",
        "json",
        "jsonl",
        "csv",
        "tsv",
        "parquet",
        "html",
        "xml",
        "rss",
        "warc",
    ),
    *("warc", "warc.gz", "newsml", "nitf", "eml", "mbox", "gz", "zip", "tar", "bz2"),
    *("xz", "docx", "pdf", "meta.json", "TXT", "é", "gz.gz", "warc.zst"),
)
LONG = (10_000, 30_000, 100_000)


def seeded(target: str, seed: int, number: int) -> random.Random:
    """Return the chance of one case: it can be made again by itself."""
    return random.Random(f"{target}/{seed}/{number}")


def make_file(kind: str, rng: random.Random) -> tuple[str, bytes]:
    """Return a bad file of `kind`, or of `mixed` kinds, and its name."""
    seeds = load_seeds()
    pool = _all_seeds()
    if kind == "bytes":
        return f"day.{rng.choice(ENDINGS)}", rng.randbytes(rng.randint(0, 200))
    if kind == CHARACTERS:
        row = {"text": make_text(rng), rng.choice(ENDINGS): make_text(rng)[:40]}
        return "day.jsonl", json.dumps(row, ensure_ascii=rng.random() < 0.5).encode()
    if kind == "packed":
        return _make_packed(rng, pool)
    if kind == "large":
        ending, raw = rng.choice(seeds[rng.choice(sorted(seeds))])
        return f"day.{ending}", swell(raw, rng)
    if kind == "mixed":
        raw = b"".join(rng.choice(pool) for _ in range(rng.randint(2, 4)))
        return f"day.{rng.choice(ENDINGS)}", change(raw, rng, pool)
    ending, raw = rng.choice(seeds[kind])
    if rng.random() < STRANGER:
        ending = rng.choice(ENDINGS)
    return f"day.{ending}", change(raw, rng, pool)


def _make_packed(rng: random.Random, pool: tuple[bytes, ...]) -> tuple[str, bytes]:
    """Return a bad archive, or a good one with bad files, up to three deep."""
    files = []
    for at in range(rng.randint(1, 3)):
        ending, raw = rng.choice(load_seeds()[rng.choice(_CHEAP)])
        bad = change(raw, rng, pool) if rng.random() < 0.5 else raw
        files.append((f"{'in/' * (at % 2)}{at}.{ending}", bad))
    name, raw = files[0]
    if len(files) > 1:
        packer, name = rng.choice(((pack_zip, "a.zip"), (pack_tar, "a.tar")))
        raw = packer(*files)
    for _ in range(rng.choice((1, 1, 2, 3)) - (len(files) > 1)):
        name, raw = pack(name, raw, rng)
    return name, change(raw, rng, pool) if rng.random() < 0.6 else raw


_CHEAP = ("text", "jsonl", "json", "table", "eml")


@cache
def _all_seeds() -> tuple[bytes, ...]:
    return tuple(raw for files in load_seeds().values() for _, raw in files)


@cache
def _folder() -> Path:
    return Path(mkdtemp(prefix="fuzz-"))


def run_file(name: str, raw: bytes) -> bytes:
    """Read one file as `run` and `extract` do; return all that came out of it."""
    path = _folder() / name
    path.write_bytes(raw)
    try:
        reports = list(read_reports([path]))
    finally:
        path.unlink()
    check_reports(reports)
    return msgspec.msgpack.encode(reports)


def run_text(text: str, reader: Reader, kit: Kit, date: str | None) -> bytes:
    """Extract all layers of a text in every form; return all that came out of it."""
    day = parse_date(date) if date else None
    document = Document(
        doc_id=make_doc_id(text, day, None),
        source_id="fuzz",
        text=text,
        date=day,
        date_basis=DateBasis.GIVEN if day else DateBasis.UNKNOWN,
    )
    adoc = understand(document, kit=kit, reader=reader, cache=SentenceCache())
    cdoc = code(adoc, kit=kit)
    check_layers(adoc, cdoc)
    packed = msgspec.msgpack.encode(cdoc)
    extraction = Extraction(annotated=adoc, coded=cdoc, ontology=kit.ontology)
    lines = list(layer_lines(extraction, LAYERS))
    for line in lines:
        check_line(line, text)
    stream = io.StringIO()
    write_lines(lines, stream)
    for kind in KINDS.values():
        rows = (r for x in lines if x["record"] == kind for r in flat_rows(x))
        write_sheet(flat_columns(kind), rows, stream, separator=",")
    fields = report_fields(document)
    for line in lines:
        if line["record"] == "event":
            plover_record(line, fields, ontology=kit.ontology, coder="fuzz")
    return packed + stream.getvalue().encode()


@cache
def _kit() -> Kit:
    return load_kit()


@cache
def _shipped() -> Reader:
    return load_reader()


def run_case(target: str, seed: int, number: int) -> int:
    """Make and run one case; return the size of its input.

    Raises whatever a case raises, and `Broken` where a promise does not hold.
    """
    rng = seeded(target, seed, number)
    if target in FILES:
        name, raw = make_file(target, rng)
        first = run_file(name, raw)
        if rng.random() < AGAIN and run_file(name, raw) != first:
            raise Broken("the same file gave something else")
        return len(raw)
    text = _make_text(target, rng)
    date = rng.choice(("2022-01-29", "2022-01-29", "0001-01-01", "9999-12-31", None))
    start = rng.getstate()
    first = run_text(text, _reader(target, rng), _kit(), date)
    if rng.random() < AGAIN and target != "long":
        rng.setstate(start)
        if run_text(text, _reader(target, rng), _kit(), date) != first:
            raise Broken("the same text gave something else")
    return len(text)


def _make_text(target: str, rng: random.Random) -> str:
    return make_long(rng, rng.choice(LONG)) if target == "long" else make_text(rng)


def _reader(target: str, rng: random.Random) -> Reader:
    return AnyReader(rng, load_labels()) if target == "layers" else _shipped()


FILES: tuple[str, ...] = (
    "bytes",
    CHARACTERS,
    "mixed",
    "packed",
    "large",
    *load_seeds(),
)
TEXTS: tuple[str, ...] = ("layers", "extract", "long")
TARGETS: tuple[str, ...] = FILES + TEXTS


def show_case(target: str, seed: int, number: int) -> str:
    """Return what a case reads, as a Python expression."""
    rng = seeded(target, seed, number)
    if target in FILES:
        return repr(make_file(target, rng))
    return repr(
        make_long(rng, rng.choice(LONG)) if target == "long" else make_text(rng)
    )
