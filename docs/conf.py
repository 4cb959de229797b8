"""The site of the documentation: `sphinx-build -W docs docs/_build`.

The pages are plain Markdown, which any viewer shows as well. `README.md` is
the first page there and here.
"""

from importlib.metadata import version as installed
from typing import Any

from pygments.lexers.special import TextLexer

project = "onrecord"
author = "The onrecord developers"
copyright = "the onrecord developers, CC BY 4.0"
release = version = installed("onrecord")

extensions = ["myst_parser"]
root_doc = "index"
exclude_patterns = ["_build", "README.md"]
# Links lead to places in a page, and to files beside the documentation.
myst_heading_anchors = 4
suppress_warnings = ["myst.xref_missing"]
BLOCKS = ("coded", "not-yet")  # of the codebook: sentences with their codes

html_theme = "furo"
html_title = "onrecord"
html_static_path: list[str] = []
html_theme_options = {"footer_icons": []}
# Nothing is asked of another site when a page is read.
html_show_sphinx = False


def setup(app: Any) -> None:
    """Show the codebook's own blocks as they are written."""
    for name in BLOCKS:
        app.add_lexer(name, TextLexer)
