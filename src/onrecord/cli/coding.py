"""Call the engine: what codes the reports, and with which versions."""

import functools
import hashlib
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

import onrecord
from onrecord import __version__
from onrecord.cli.fetching import count_reports, open_cache, say_unchanged
from onrecord.cli.knowledge import open_kit, open_reader
from onrecord.cli.plugging import (
    NO_PARTS,
    Parts,
    open_parser,
    open_rules,
    versions_with,
)
from onrecord.model.document import Document, Rejected
from onrecord.model.event import CodedDocument
from onrecord.model.run import Run, Versions

if TYPE_CHECKING:
    from onrecord.engine.limits import Limits as ReportLimits
    from onrecord.engine.run import Coder
    from onrecord.engine.steps import Report
    from onrecord.engine.worker import Worker
    from onrecord.lexicon.kit import Kit
    from onrecord.read.fetch_cache import FetchCache
    from onrecord.read.fetch_policy import FetchPolicy

    Items = Iterator[Document | Rejected]


MODEL_FOLDER = Path(onrecord.__file__).resolve().parent / "understand/reader/model"


class ActorsFile(msgspec.Struct, frozen=True, kw_only=True):
    """A user's own actors, in a form that reaches processes of other machines."""

    name: str
    content: bytes


def run_inputs(
    record: Path,
    inputs: Sequence[str],
    *,
    workers: int | None = None,
    engine: str = "local",
    ray_address: str | None = None,
    report_limits: "ReportLimits | None" = None,
    limits: Sequence[str] = (),
    policy: "FetchPolicy | None" = None,
    actors_file: Path | None = None,
    coder: "Coder | None" = None,
    recode: bool = False,
    progress: "Report | None" = None,
) -> Run:
    """Bring the reports of `inputs` into a record; return the run that did it.

    `report_limits` hold the coding of a report, `limits` of the form NAME=VALUE the
    reading of inputs; `policy` is for addresses on the web. With `recode` what other
    versions coded is coded anew; then `inputs` may be empty for a record that exists.
    """
    from onrecord.engine.limits import Limits as ReportLimits
    from onrecord.engine.run import run_reports
    from onrecord.read import read_reports
    from onrecord.read.fetch_policy import FetchPolicy
    from onrecord.read.limits import parse_limits
    from onrecord.store.head import read_head

    if not inputs:
        read_head(record)
    web = open_cache(record)
    items: Items = iter(())
    if inputs:
        items = read_reports(
            inputs,
            limits=parse_limits(limits),
            policy=policy or FetchPolicy(),
            cache=web,
        )
    run = run_reports(
        record,
        _checked(items, record, web),
        inputs=inputs,
        coder=coder or make_coder(actors_file),
        workers=workers,
        engine=engine,
        ray_address=ray_address,
        limits=report_limits or ReportLimits(),
        recode=recode,
        progress=progress,
    )
    if web.is_noted:  # not before its reports are in the record
        web.keep(count_reports(record))
    say_unchanged(web)
    return run


def say_outdated(record: Path, run: Run) -> None:
    """Say on standard error how many reports other versions than the run's coded."""
    from onrecord.store.lookup import outdated_count

    count = outdated_count(record, run.versions)
    if count:
        reports = "1 report was" if count == 1 else f"{count:,} reports were"
        click.echo(
            f"{reports} coded by another program, lexicon or model; code them anew"
            f" with: onrecord run {record} --recode",
            err=True,
        )


def _checked(items: "Items", record: Path, web: "FetchCache") -> "Items":
    """See what a record lost, once it is open and mended, before inputs are read."""
    from onrecord.engine.watch_memory import FILE_NAME, WatchMemory

    if web.is_filled or (record / FILE_NAME).exists():
        reports = count_reports(record)
        web.check(reports)
        WatchMemory(record, how="").check(reports)
    yield from items


def make_coder(actors_file: Path | None, parts: Parts = NO_PARTS) -> "Coder":
    """Return this program's own coder, with the plug-ins that are named."""
    from onrecord.engine.run import Coder

    kit = open_kit(actors_file)
    return Coder(
        versions=versions_with(find_versions(kit), parts),
        ontology=kit.ontology,
        make_worker=functools.partial(make_worker, read_actors(actors_file), parts),
    )


def find_versions(kit: "Kit") -> Versions:
    """Return what decides a run's results: program, knowledge and model."""
    from onrecord.records import SCHEMA_VERSION

    return Versions(
        program=__version__,
        schema=SCHEMA_VERSION,
        lexicon=kit.digest,
        model=hash_folder(MODEL_FOLDER),
    )


def hash_folder(folder: Path) -> str:
    """Return one hash over the names and bytes of all files in a folder."""
    digest = hashlib.blake2b(digest_size=10)
    for path in sorted(p for p in folder.iterdir() if p.is_file()):
        digest.update(path.name.encode())
        with path.open("rb") as stream:
            digest.update(hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()


def read_actors(file: Path | None) -> ActorsFile | None:
    """Read a user's own actors, to be used wherever reports are coded."""
    return ActorsFile(name=file.name, content=file.read_bytes()) if file else None


def make_worker(actors: ActorsFile | None, parts: Parts = NO_PARTS) -> "Worker":
    """Load knowledge and reader once; return what codes one report with them.

    A module's function, so that other processes can be told to call it.
    """
    from onrecord.pipeline import process
    from onrecord.understand.parse import SentenceCache

    with _written(actors) as actors_file:
        kit = open_kit(actors_file)
    reader, rules = open_parser(parts, open_reader()), open_rules(parts)
    cache = SentenceCache()

    def work(document: Document) -> CodedDocument:
        return process(document, kit=kit, reader=reader, cache=cache, rules=rules)

    return work


@contextmanager
def _written(actors: ActorsFile | None) -> Iterator[Path | None]:
    if actors is None:
        yield None
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / actors.name
        file.write_bytes(actors.content)
        yield file
