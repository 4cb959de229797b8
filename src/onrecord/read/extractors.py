"""What took the text out of its markup, as documents name it."""

import functools
from importlib.metadata import version


@functools.cache
def extractor(library: str) -> str:
    """Return a library's name and version, "lxml 6.1.3"; looked up once."""
    return f"{library} {version(library)}"
