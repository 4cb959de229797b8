"""Open the knowledge files and the reader, with errors that say whose they are."""

from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.errors import LexiconError, ModelError, UsageError

if TYPE_CHECKING:
    from onrecord.lexicon.kit import Kit
    from onrecord.understand.reader import Reader


def open_kit(actors_file: Path | None = None) -> "Kit":
    """Load all knowledge; faults in the user's own file are wrong use."""
    from onrecord.lexicon.kit import load_kit

    try:
        return load_kit(actors_file=actors_file)
    except LexiconError as err:
        if actors_file and any(actors_file.name in p for p in err.problems):
            raise UsageError(str(err)) from err
        raise


def open_reader() -> "Reader":
    """Load the reader's model; raise `ModelError` where it is missing or damaged.

    The run time of the network raises errors of many kinds, none with a common root.
    """
    from onrecord.understand.reader import load_reader

    try:
        return load_reader()
    except Exception as err:
        raise ModelError(
            f"the reader's model cannot be opened ({err}); install the program anew,"
            " then see what `onrecord doctor` says"
        ) from err
