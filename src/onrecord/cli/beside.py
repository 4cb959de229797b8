"""Code a record's reports, or new ones, with another reader, in a record beside it."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.cli.coding import make_coder, run_inputs
from onrecord.cli.llm_run import THE_RECORD, held_reports
from onrecord.cli.plugging import Parts
from onrecord.model.run import Run
from onrecord.store.head import CODERS_FOLDER, read_head

if TYPE_CHECKING:
    from onrecord.engine.limits import Limits as ReportLimits
    from onrecord.engine.steps import Report
    from onrecord.read.fetch_policy import FetchPolicy


def run_beside(
    record: Path,
    inputs: Sequence[str],
    *,
    parts: Parts,
    workers: int | None = None,
    engine: str = "local",
    ray_address: str | None = None,
    report_limits: "ReportLimits",
    limits: Sequence[str] = (),
    policy: "FetchPolicy | None" = None,
    actors_file: Path | None = None,
    recode: bool = False,
    progress: "Report | None" = None,
) -> tuple[Path, Run]:
    """Bring what a plug-in's reader makes of reports into RECORD/coders/READER.

    Without `inputs` these are the reports that the record holds. Returns the folder
    and the run.
    """
    assert parts.reader is not None
    folder = record / CODERS_FOLDER / parts.reader
    coder = make_coder(actors_file, parts)
    if inputs:
        return folder, run_inputs(
            folder,
            inputs,
            workers=workers,
            engine=engine,
            ray_address=ray_address,
            report_limits=report_limits,
            limits=limits,
            policy=policy,
            coder=coder,
            recode=recode,
            progress=progress,
        )
    from onrecord.engine.run import run_reports

    read_head(record)
    return folder, run_reports(
        folder,
        held_reports(record),
        inputs=(THE_RECORD,),
        coder=coder,
        workers=workers,
        engine=engine,
        ray_address=ray_address,
        limits=report_limits,
        recode=recode,
        progress=progress,
    )
