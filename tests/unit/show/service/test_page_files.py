"""The page's files, and nothing else of the disk."""

import pytest

from onrecord.show.service.guard import Rules
from tests.unit.show.service.conftest import asker

OUT = [
    "/../secret.txt",
    "/assets/../../secret.txt",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "/%2e%2e%2f%2e%2e%2f%2e%2e%2fetc/passwd",
    "//etc/passwd",
    "/etc/passwd",
    "/assets/..%5c..%5csecret.txt",
    "/assets%00.js",
    "/link.txt",
    "/up/secret.txt",
    "/assets",
    "/api/../../secret.txt",
]


@pytest.mark.parametrize("path", OUT)
def test_no_path_leads_out_of_the_folder(ask, path):
    answer = ask(path)
    assert answer.status_code == 404
    assert "secret" not in answer.text.replace("secret.txt", "")


def test_the_page_is_at_the_root(ask):
    answer = ask("/")
    assert answer.text == "<!doctype html><p>built"
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


def test_scripts_are_sent_as_such(ask):
    answer = ask("/assets/app.js")
    assert answer.text == "export {}"
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"


def test_only_what_is_named_by_its_content_is_kept(ask):
    assert "immutable" in ask("/assets/app.js").headers["cache-control"]
    assert ask("/").headers["cache-control"] == "no-cache"


def test_without_a_built_page_the_root_says_how_to_get_it(record, tmp_path):
    ask = asker(record, Rules(), tmp_path / "none")
    answer = ask("/")
    assert answer.status_code == 200
    assert "pip install" in answer.text
    assert ask("/api/record").status_code == 200
