"""XML is read safely: in bounded depth, size and memory, with nothing opened."""

import io
from pathlib import Path

import msgspec
import pytest

from onrecord.read.layout import tree_to_text
from onrecord.read.limits import DEFAULT_LIMITS, Limits
from onrecord.read.xml import MAX_ELEMENTS, BrokenXml, iter_elements

ITEMS = frozenset({"item"})
HEAD = b'<?xml version="1.0"?>'


def read(raw: bytes, limits: Limits = DEFAULT_LIMITS) -> tuple[list[str], str | None]:
    """Return the items' texts, or reasons, and why no more could be read."""
    texts: list[str] = []
    try:
        for element in iter_elements(io.BytesIO(raw), ITEMS, limits):
            is_refused = isinstance(element, BrokenXml)
            texts.append(f"({element})" if is_refused else tree_to_text(element))
    except BrokenXml as err:
        return texts, f"{err.position}: {err}"
    return texts, None


def bomb(declarations: str, body: str) -> bytes:
    return f"<!DOCTYPE a [{declarations}]><a><item>{body}</item></a>".encode()


def test_outermost_items_are_given_out_whole() -> None:
    raw = (
        b"<a><item>one<item>in it</item></item><b/><x:item xmlns:x='u'>two</x:item></a>"
    )
    assert read(raw) == (["onein it", "two"], None)


def test_root_may_be_the_item() -> None:
    assert read(b"<item><p>one</p><p>two</p></item>") == (["one\n\ntwo"], None)


def test_items_before_a_break_are_read() -> None:
    texts, problem = read(b"<a>\n<item>one</item>\n<item>tw</b></a>")
    assert texts == ["one"]
    assert problem is not None
    assert problem.startswith("line 3: it is not XML from here on (Opening and ending")


@pytest.mark.parametrize("raw", [b"<a><item>one</item>", b"<a><item>one</item><it"])
def test_files_cut_short_are_said_to_be(raw: bytes) -> None:
    texts, problem = read(raw)
    assert texts == ["one"]
    assert problem is not None
    assert "not XML from here on" in problem


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b'<?xml version="1.0" encoding="windows-1252"?><item>\x93a\x94</item>', "“a”"),
        ("<item>é</item>".encode("utf-16"), "é"),
        ('<?xml version="1.0" encoding="UTF-16"?><item>é</item>'.encode("utf-16"), "é"),
        ('<?xml version="1.0" encoding="UTF-16"?><item>é</item>'.encode(), "é"),
    ],
)
def test_encodings(raw: bytes, text: str) -> None:
    assert read(raw) == ([text], None)


@pytest.mark.parametrize(
    "raw",
    [
        b"<a><item>one</item><item>caf\xe9</item></a>",
        b'<?xml version="1.0" encoding="zork"?><a/>',
        b"not XML",
        b"",
        b"<a><item>a\x00b</item></a>",
    ],
)
def test_what_is_not_xml_is_refused(raw: bytes) -> None:
    assert read(raw)[1] is not None


@pytest.mark.parametrize(
    "raw",
    [
        bomb('<!ENTITY a "aaaa">' + f'<!ENTITY b "{"&a;" * 9}">', "&b;"),
        bomb(
            "".join(
                f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "lol"}">'
                for n in range(10)
            ),
            "&e9;",
        ),
        bomb(f'<!ENTITY a "{"a" * 50_000}">', "&a;" * 50_000),
        bomb('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;"),
        bomb('<!ENTITY x SYSTEM "http://127.0.0.1:9/x">', "&x;"),
        bomb('<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;', "a"),
        bomb('<!ENTITY % a "x"><!ENTITY % b "%a;%a;"> %b;', "a"),
    ],
    ids=["small", "lol", "quadratic", "file", "address", "parameter", "parameters"],
)
def test_entities_of_its_own_are_refused(raw: bytes) -> None:
    texts, problem = read(raw)
    assert texts == []
    assert problem is not None


def test_entities_in_attributes_of_the_root_are_not_expanded_much() -> None:
    raw = bomb(f'<!ENTITY a "{"a" * 50_000}">', "").replace(
        b"<a>", b'<a b="' + b"&a;" * 50_000 + b'">'
    )
    assert read(raw)[1] is not None


def test_document_types_elsewhere_are_not_opened(tmp_path: Path) -> None:
    dtd = tmp_path / "a.dtd"
    dtd.write_text('<!ENTITY mdash "opened">')
    raw = f'<!DOCTYPE a SYSTEM "{dtd.as_uri()}"><a><item>a &mdash; b</item></a>'
    assert read(raw.encode()) == (["a — b"], None)


def test_includes_are_elements_like_others(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("opened")
    raw = (
        '<item xmlns:xi="http://www.w3.org/2001/XInclude">a'
        f'<xi:include parse="text" href="{secret.as_uri()}"/>b</item>'
    )
    assert read(raw.encode()) == (["ab"], None)


@pytest.mark.parametrize(
    ("limits", "item", "reason"),
    [
        (
            {"xml_depth": 3},
            b"<b><c/><c><c/></c></b>",
            (
                "(elements lie 4 deep in one another, the limit is 3; raise it with "
                "--limit xml-depth=6)"
            ),
        ),
        (
            {"page_bytes": 100_000},
            b"<b/>" + b"one " * 100_000,
            (
                "(the item has more than 100,000 bytes, the limit is 100,000; raise it "
                "with --limit page-bytes=200000)"
            ),
        ),
        (
            {},
            b"<p/>" * (MAX_ELEMENTS + 1),
            "(the item has more than 100,000 elements; it is no report)",
        ),
    ],
    ids=["depth", "bytes", "elements"],
)
def test_an_item_beyond_a_limit_costs_that_item(
    limits: dict[str, int], item: bytes, reason: str
) -> None:
    raw = b"<a><item>one</item><item>" + item + b"</item><item>two</item></a>"
    changed = msgspec.structs.replace(DEFAULT_LIMITS, **limits)
    assert read(raw, changed) == (["one", reason, "two"], None)


def test_an_item_of_elements_without_end_ends_the_file() -> None:
    texts, problem = read(
        b"<a><item>one</item><item>" + b"<p/>" * (2 * MAX_ELEMENTS + 1)
    )
    assert texts == ["one"]
    assert problem == "None: an item goes on for too long; what follows is not read"


def test_a_file_beyond_the_limit_is_read_no_further() -> None:
    changed = msgspec.structs.replace(DEFAULT_LIMITS, xml_bytes=10)
    texts, problem = read(b"<a><item>one</item></a>", changed)
    assert texts == []
    assert problem == (
        "None: the file has more than 10 bytes of XML, the limit is 10; raise it with "
        "--limit xml-bytes=20"
    )


def test_deep_nesting_is_refused() -> None:
    assert "deep in one another" in str(read(b"<a>" * 100_000)[1])
    inside = read(b"<item>" + b"<a>" * 100_000)
    assert "Excessive depth" in str(inside[1])


def test_what_has_been_given_out_is_let_go() -> None:
    raw = b"<a><head/>" + b"<item><p>one</p></item><b/>" * 8_000 + b"</a>"
    held = [
        len(element.getparent())
        for element in iter_elements(io.BytesIO(raw), ITEMS, DEFAULT_LIMITS)
        if not isinstance(element, BrokenXml)
    ]
    assert len(held) == 8_000
    assert max(held) < 8_000  # what one chunk of the file holds
