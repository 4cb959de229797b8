"""Data as a script: nothing in it ends the script or is run."""

import json

import pytest

from onrecord.show.site.script import as_script
from tests.support.sites import string_of

HOSTILE = (
    "</script><script>alert(1)</script>",
    "<!-- <script>",
    "it's \\' a quote",
    "line\u2028and\u2029paragraph\nand \\n",
    '"); onrecord("',
    "__proto__",
    "\U0001f600 é",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_comes_back(text):
    script = as_script("x", {text: [text]})
    assert json.loads(string_of(script, "x")) == {text: [text]}


def test_nothing_in_it_looks_like_a_tag():
    script = as_script("x", list(HOSTILE)).decode("utf-8")
    assert "<" not in script
    assert "\u2028" not in script
