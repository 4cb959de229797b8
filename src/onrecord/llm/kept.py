"""Answers that were paid for, kept by what was asked, so that none is paid twice."""

import hashlib
import os
import threading
from pathlib import Path

import msgspec

from onrecord.errors import StoreError

FOLDER = "answers"


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What the model said, and the tokens it took.

    `whole` is false where the answer was cut off at the most tokens it may have.
    """

    text: str
    whole: bool
    sent: int
    received: int


class KeptAnswers:
    """A folder of answers, a file each. A damaged one counts as not there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, asked: str) -> Answer | None:
        """Return the answer to what was asked under this hash."""
        try:
            raw = self._file(asked).read_bytes()
            return msgspec.json.decode(raw, type=Answer)
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            return None

    def keep(self, asked: str, answer: Answer) -> None:
        """Keep an answer; it is there as a whole or not at all."""
        file = self._file(asked)
        draft = file.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(msgspec.json.encode(answer))
            draft.replace(file)
        except OSError as err:
            raise StoreError(
                f"{file}: cannot be written ({err.strerror}); see to disk space and"
                " permissions, then run again to go on"
            ) from err

    def _file(self, asked: str) -> Path:
        return self._folder / asked[:2] / f"{asked}.json"


def hash_request(*parts: object) -> str:
    """Return the hash under which the answer to a request is kept."""
    raw = msgspec.json.encode(parts)
    return hashlib.blake2b(raw, digest_size=16).hexdigest()
