"""A record of four short reports on a quarrel about camps, coded by the reader."""

import datetime as dt
import json
from pathlib import Path

from onrecord.cli.coding import run_inputs
from onrecord.cli.progress import show_progress
from tests.support import real

FIRST = (
    "Chad demanded that Sudan close the camps near the border.\n\n"
    "Sudan rejected the demand. Norway offered to host talks between Chad and Sudan."
)
SECOND = (
    "More than 2,000 Chadian troops attacked a village in Sudan on Tuesday, a Sudanese"
    " minister said.\n\nSudan denied that it was planning to attack Chad."
)
THIRD = (
    "Sudan bowed to the demands of Chad that it close the camps near the border. The"
    " last refugees left them on Friday morning, aid workers said.\n\n"
    "Some 3,500 Chadian soldiers occupied a town, the governor told reporters."
)
REPORTS = (
    ("Gazette", dt.date(2022, 1, 10), FIRST),
    ("Herald", dt.date(2022, 1, 11), FIRST),
    ("Herald", dt.date(2022, 1, 12), SECOND),
    ("Gazette", dt.date(2022, 1, 14), THIRD),
)


def make_talks(folder: Path) -> Path:
    """Return the record, made in `folder`; skip where the reader is not there."""
    real.real_reader()
    source = folder / "reports.jsonl"
    lines = [
        {"id": f"t{at}", "outlet": outlet, "date": str(date), "text": text}
        for at, (outlet, date, text) in enumerate(REPORTS)
    ]
    source.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    with show_progress(quiet=True) as progress:
        run_inputs(folder / "rec", (str(source),), progress=progress)
    return folder / "rec"
