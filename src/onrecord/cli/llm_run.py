"""Code a record's reports, or new ones, with a language model."""

import functools
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from onrecord.cli.coding import MODEL_FOLDER, hash_folder, run_inputs
from onrecord.cli.knowledge import open_kit, open_reader
from onrecord.errors import NotARecord, UsageError
from onrecord.model.document import Document
from onrecord.model.run import Run, Versions
from onrecord.store.head import CODERS_FOLDER, read_head

if TYPE_CHECKING:
    from onrecord.engine.run import Coder
    from onrecord.engine.steps import Progress, Report
    from onrecord.lexicon.kit import Kit
    from onrecord.llm.coder import LlmCoder
    from onrecord.llm.opening import Settings
    from onrecord.read.fetch_policy import FetchPolicy
    from onrecord.store.record import Record

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
    account = _Account(coder, settings, kit, recode=recode)
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


class _Account:
    """What the user is told before and after, and what is kept of it."""

    def __init__(
        self, coder: "LlmCoder", settings: "Settings", kit: "Kit", *, recode: bool
    ) -> None:
        self._coder = coder
        self._settings = settings
        self._ontology = kit.ontology
        self._recode = recode
        self._dropped: Counter[tuple[str, str]] = Counter()
        self._countries: Counter[str] = Counter()
        self._kept = 0

    def begin(self, record: "Record", tell: "Report") -> "Report":
        """Say what is about to be sent; return what keeps the accounts of reports."""
        from onrecord.llm.rows import asked_row

        self._announce(record)

        def note(progress: "Progress") -> None:
            run = record.head.run
            done = self._coder.take_accounts()
            if run is not None and done:
                prices = self._settings.prices
                rows = [asked_row(a, run_id=run.run_id, prices=prices) for a in done]
                record.commit(run=run, add={"asked": rows})
            for asked in done:
                self._dropped.update(asked.dropped)
                self._countries.update(asked.countries)
                self._kept += asked.kept
            tell(progress)

        return note

    def end(self) -> None:
        """Say what was asked; raise what kept the rest from being asked."""
        totals, prices = self._coder.totals, self._settings.prices
        cost = prices.cost(totals["sent"], totals["received"])
        price = "" if cost is None else f", cost {cost:,.4f}"
        if totals["requests"] or self._kept:
            _say(
                f"{totals['requests']:,} requests ({totals['again']:,} tried again),"
                f" {self._kept:,} answers kept from before; {totals['sent']:,} tokens sent,"
                f" {totals['received']:,} received{price}"
            )
        if self._dropped:
            parts = [
                f"{n:,} {cell} {reason}"
                for (cell, reason), n in self._dropped.most_common()
            ]
            _say(f"dropped: {', '.join(parts)}")
        if self._countries:
            same, other = self._countries["same"], self._countries["other"]
            _say(
                f"countries claimed: {same:,} as we know them, {other:,} others,"
                f" {self._countries['open']:,} where we know none"
            )
        if self._coder.stopped is not None:
            raise self._coder.stopped

    def _announce(self, record: "Record") -> None:
        from onrecord.llm.opening import foresee
        from onrecord.llm.pieces import PIECE_CHARACTERS
        from onrecord.store.query import load_sql, rows

        connection = record.connect("reports", "memberships", "codings")
        parameters = {"piece": PIECE_CHARACTERS, "all": self._recode}
        (left,) = rows(connection, load_sql("left_to_ask"), parameters)
        endpoint = self._settings.endpoint
        told = foresee(self._settings, self._ontology, **left)
        if not told.reports:
            return
        _say(
            f"the texts of {told.reports:,} reports go to {endpoint.host}, model"
            f" {endpoint.model}: about {told.requests:,} requests and {told.sent:,}"
            f" tokens, answers of at most {told.received:,}; what was answered before"
            " is not sent again"
        )
        if told.cost is not None:
            _say(f"this costs at most about {told.cost:,.4f} by the prices given")
        if self._settings.amount is not None:
            _say(f"no more is asked when {self._settings.amount:,.4f} may be spent")
        if self._settings.tokens is not None:
            _say(f"no more is asked when {self._settings.tokens:,} tokens may be used")


def _say(line: str) -> None:
    click.echo(f"llm: {line}", err=True)
