"""Code a record's reports, or new ones, with a language model."""

import functools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from onrecord.cli.coding import MODEL_FOLDER, hash_folder, run_inputs
from onrecord.cli.knowledge import open_kit, open_reader
from onrecord.cli.llm_account import Account
from onrecord.errors import NotARecord, UsageError
from onrecord.model.document import Document
from onrecord.model.run import Run, Versions
from onrecord.store.head import CODERS_FOLDER, read_head

if TYPE_CHECKING:
    from onrecord.engine.run import Coder
    from onrecord.engine.steps import Report
    from onrecord.lexicon.kit import Kit
    from onrecord.llm.coder import LlmCoder
    from onrecord.llm.opening import Settings
    from onrecord.read.fetch_policy import FetchPolicy

THE_RECORD = "the reports of ../.."  # the name of this input, wherever the record is


def run_llm(
    record: Path,
    inputs: Sequence[str],
    settings: "Settings",
    *,
    name: str,
    limits: Sequence[str] = (),
    policy: "FetchPolicy | None" = None,
    actors_file: Path | None = None,
    recode: bool = False,
    progress: "Report | None" = None,
) -> Run:
    """Bring a model's coding of reports into RECORD/coders/NAME; return its run.

    Without `inputs` these are the reports that the record holds. Raises `CoderStopped`
    where not all could be asked; what was coded is kept, and the same call goes on.
    """
    folder = record / CODERS_FOLDER / name
    if not inputs:
        read_head(record)
    kit = open_kit(actors_file)
    model, coder = _make_coder(folder, settings, kit, recode=recode)
    _check_model(folder, settings.endpoint.model, recode=recode)
    try:
        if inputs:
            return run_inputs(
                folder,
                inputs,
                limits=limits,
                policy=policy,
                coder=coder,
                recode=recode,
                progress=progress,
            )
        from onrecord.engine.run import run_reports

        return run_reports(
            folder,
            held_reports(record),
            inputs=(THE_RECORD,),
            coder=coder,
            recode=recode,
            progress=progress,
        )
    finally:
        model.close()


def held_reports(record: Path) -> Iterator[Document]:
    """Yield the reports that a record holds, in the order of their dates."""
    from onrecord.store.query import connect, rows
    from onrecord.store.rows import report_of

    sql = "SELECT * FROM reports ORDER BY date NULLS LAST, doc_id"
    for row in rows(connect(record), sql, batch_rows=256):
        yield report_of(row)


def _make_coder(
    folder: Path, settings: "Settings", kit: "Kit", *, recode: bool
) -> tuple["LlmCoder", "Coder"]:
    from onrecord import __version__
    from onrecord.engine.run import Coder, OwnWay
    from onrecord.llm.opening import name_version, open_coder
    from onrecord.pipeline import understand
    from onrecord.records import SCHEMA_VERSION
    from onrecord.understand.parse import SentenceCache

    coder = open_coder(
        folder,
        settings,
        kit=kit,
        understand=functools.partial(
            understand, kit=kit, reader=open_reader(), cache=SentenceCache()
        ),
    )
    account = Account(coder, settings, kit.ontology, recode=recode)
    versions = Versions(
        program=__version__,
        schema=SCHEMA_VERSION,
        lexicon=kit.digest,
        model=name_version(
            settings.endpoint.model, kit.ontology, reader=hash_folder(MODEL_FOLDER)
        ),
    )
    return coder, Coder(
        versions=versions,
        ontology=kit.ontology,
        make_worker=_make_no_worker,
        own_way=OwnWay(engine=coder.code, begin=account.begin, end=account.end),
    )


def _make_no_worker() -> NoReturn:
    raise AssertionError("a language model has no worker processes")


def _check_model(folder: Path, model: str, *, recode: bool) -> None:
    """Raise `UsageError` where another model has coded what is there."""
    from onrecord.store.query import connect, rows

    try:
        head = read_head(folder)
    except NotARecord:
        return
    last = [head.run.versions.model] if head.run else []
    if not last and head.versions:
        sql = "SELECT model FROM runs ORDER BY number DESC LIMIT 1"
        last = [str(row["model"]) for row in rows(connect(folder), sql)]
    if last and not recode and not last[0].startswith(f"llm/{model}/"):
        raise UsageError(
            f"{folder}: holds what {last[0]} coded; keep them apart with --coder-name,"
            " or code all of it anew with --recode"
        )
