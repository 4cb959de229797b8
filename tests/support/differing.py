"""A record whose reports two versions coded, for tests of what differs."""

import datetime as dt
from pathlib import Path

from onrecord.engine.run import run_reports
from tests.support.recoders import newer_coder
from tests.support.reports import coder, report


def make_record(path: Path) -> Path:
    """Write a record of two runs; the second codes all anew and takes one report.

    Of the first run's events one changes its type, one goes, one comes, and one each
    goes and comes with a report that only one version could code.
    """
    items = [
        report("A met B in Oslo to talk", date=dt.date(2022, 1, 20)),
        report("A saw C and said 5", date=dt.date(2022, 1, 21)),
        report("A met E NOMORE <b>", date=dt.date(2022, 1, 22)),
        report("FAIL, they met", date=dt.date(2022, 1, 23)),
        report("A SPOILT met", date=dt.date(2022, 1, 24)),
        report("A said it", date=dt.date(2022, 1, 25)),
    ]
    run_reports(path, items, inputs=["one"], coder=coder())
    more = [report("A met F", date=dt.date(2022, 1, 26))]
    run_reports(path, more, inputs=["two"], coder=newer_coder(), recode=True)
    return path
