"""The texts of a folder, each read when it is asked for."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from onrecord.errors import InputError

ENDING = ".txt"


class FolderTexts(Mapping[str, str]):
    """Texts by the names of their files, `ID.txt`; nothing of a text is changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __getitem__(self, key: str) -> str:
        """Return a text; raise `InputError` where it is no UTF-8."""
        path = self._folder / f"{key}{ENDING}"
        if path.name != f"{key}{ENDING}" or not path.is_file():
            raise KeyError(key)
        try:
            return path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as err:
            raise InputError(f"{path}: is not UTF-8 ({err.reason})") from None

    def __iter__(self) -> Iterator[str]:
        """Yield the ids of the texts that are there, in order of names."""
        for path in sorted(self._folder.glob(f"*{ENDING}")):
            yield path.stem

    def __len__(self) -> int:
        """Return how many texts there are."""
        return sum(1 for _ in self)
