"""Data as scripts that a page opened from a file can load.

A browser lets such a page load scripts and nothing else. Each file hands one JSON text
to the page; nothing in it can end the script or be run.
"""

from typing import Any

import msgspec

# Within a string of a script: `</script>` and `<!--` for whatever reads it as HTML,
# line ends of Unicode for old browsers.
ESCAPES = (
    ("\\", "\\\\"),
    ("'", "\\'"),
    ("<", "\\u003c"),
    ("\u2028", "\\u2028"),
    ("\u2029", "\\u2029"),
)


def as_script(name: str, data: Any) -> bytes:
    """Return a script that gives `data` to the page under a name."""
    text = msgspec.json.encode(data).decode("utf-8")
    for raw, escaped in ESCAPES:
        text = text.replace(raw, escaped)
    return f"onrecord('{name}','{text}')\n".encode()
