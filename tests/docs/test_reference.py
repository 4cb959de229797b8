"""What the program has is documented, and what is documented is so."""

import re
from pathlib import Path

import pytest

from onrecord.cli.app import COMMANDS
from tools import make_datasheet
from tools.make_reference import make_pages

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md")])
LINK = re.compile(r"\]\((?!https?://|#)([^)#]+)")
SHELL = re.compile(r"^\s*(?:\$ )?onrecord (\w+)", re.MULTILINE)
OPTION = re.compile(r"^ +(?:-\w, )?(--[\w-]+)", re.MULTILINE)


@pytest.mark.parametrize("name", ["commands.md", "codes.md", "tables.md"])
def test_pages_made_from_the_program_are_up_to_date(name):
    made = make_pages()[name]
    written = (DOCS / "reference" / name).read_text(encoding="utf-8")
    assert written == made, "run: python -m tools.make_reference"


def test_the_datasheet_counts_what_is_there():
    written = make_datasheet.PAGE.read_text(encoding="utf-8")
    assert written == make_datasheet.make_page(), "run: python -m tools.make_datasheet"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page):
    text = page.read_text(encoding="utf-8")
    gone = [link for link in LINK.findall(text) if not (page.parent / link).exists()]
    assert gone == []


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_only_commands_that_exist_are_shown(page):
    shown = set(SHELL.findall(page.read_text(encoding="utf-8")))
    assert shown <= set(COMMANDS)


def test_every_page_is_reached_from_the_first():
    index = (DOCS / "README.md").read_text(encoding="utf-8")
    linked = {(DOCS / link).resolve() for link in LINK.findall(index)}
    firsts = {DOCS / "README.md", DOCS / "index.md"}
    pages = set(DOCS.rglob("*.md")) - firsts
    assert pages - linked == set()


def test_every_folder_of_knowledge_is_named_in_contributing():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    folders = {
        path.parent.name
        for path in (ROOT / "src/onrecord/data").glob("*/*")
        if path.suffix in {".toml", ".tsv"}
    }
    assert {f for f in folders if f"data/{f}" not in text} == set()
