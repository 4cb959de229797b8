"""The shared data folder: gold annotations, report texts, scorers."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

from onrecord.model.document import DateBasis, Document, make_doc_id
from onrecord.read.dates import parse_date

ROOT = Path(__file__).resolve().parents[2]


def find_shared() -> Path:
    """Return the folder of shared data; `ONRECORD_SHARED` overrides `../shared`."""
    folder = Path(os.environ.get("ONRECORD_SHARED", ROOT.parent / "shared"))
    if not (folder / "scorers").is_dir():
        raise SystemExit(
            f"{folder} holds no scorers; set ONRECORD_SHARED to the shared data folder"
        )
    return folder


def read_gold_reports(shared: Path, split: str) -> Iterator[Document]:
    """Yield the reports of `gold/<split>` with the dates of their meta files."""
    texts = shared / "data/reports"
    for path in sorted((shared / "data/gold" / split).glob("*.json")):
        doc_id = json.loads(path.read_text(encoding="utf-8"))["doc_id"]
        text = (texts / f"{doc_id}.txt").read_text(encoding="utf-8")
        meta_path = texts / f"{doc_id}.meta.json"
        meta = json.loads(meta_path.read_text(encoding="utf-8"))
        date = parse_date(meta["date"]) if meta.get("date") else None
        yield Document(
            doc_id=make_doc_id(text, date, None),
            source_id=doc_id,
            text=text,
            date=date,
            date_basis=DateBasis.GIVEN if date else DateBasis.UNKNOWN,
        )
