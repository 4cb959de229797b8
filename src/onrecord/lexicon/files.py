"""Where the knowledge files lie, and how TOML and TSV are read with line numbers."""

import csv
import hashlib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onrecord.errors import LexiconError

DATA = Path(__file__).resolve().parent.parent / "data"
KNOWLEDGE_SUFFIXES = frozenset({".toml", ".tsv"})
TOML_LINE = re.compile(r"at line (\d+)")


def read_toml(path: Path) -> dict[str, Any]:
    """Return a TOML file's content; raise `LexiconError` with file and line."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as err:
        found = TOML_LINE.search(str(err))
        line = found.group(1) if found else "?"
        raise LexiconError([f"{path.name}:{line}: not TOML: {err}"]) from err


def read_tsv(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    """Yield (line number, cells) of a TSV file whose header must be `columns`.

    Lines that begin with `#` are comments. Every row has all cells.
    """
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        header: list[str] | None = None
        for line, row in enumerate(rows, 1):
            if not row or row[0].startswith("#"):
                continue
            if header is None:
                header = row
                if tuple(row) != columns:
                    raise LexiconError(
                        [f"{path.name}:{line}: columns are {row}, need {list(columns)}"]
                    )
                continue
            if len(row) != len(columns):
                raise LexiconError(
                    [f"{path.name}:{line}: {len(row)} cells, need {len(columns)}"]
                )
            yield line, row


def hash_files(folder: Path, *sources: str, extra: Path | None = None) -> str:
    """Return one hash over every knowledge file under `folder` and `extra`.

    `sources` name knowledge that lies elsewhere, with its version.
    """
    digest = hashlib.blake2b(digest_size=10)
    for source in sources:
        digest.update(source.encode())
    files = sorted(p for p in folder.rglob("*") if p.suffix in KNOWLEDGE_SUFFIXES)
    for path in [*files, *([extra] if extra else [])]:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
