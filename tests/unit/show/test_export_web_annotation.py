import json

import pytest

from onrecord.show.export.web_annotation import write_web_annotation
from tests.support.exports import REPORT, build_row, written
from tests.support.lines import SENTENCE, START

PURPOSES = {"tagging", "classifying", "identifying"}


def annotations(*rows):
    text, tally = written(write_web_annotation, *rows)
    page = json.loads(text)
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert page["type"] == "AnnotationPage"
    assert tally.rows == len(page["items"])
    for item in page["items"]:
        check(item)
    return page["items"]


def check(item):
    """Fail unless an annotation is of the W3C model's shape."""
    assert set(item) == {"id", "type", "motivation", "body", "target"}
    assert item["type"] == "Annotation"
    assert {body["purpose"] for body in item["body"]} == PURPOSES
    assert all(body["type"] == "TextualBody" for body in item["body"])
    targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
    for target in targets:
        position, words = target["selector"]
        assert position["type"] == "TextPositionSelector"
        assert words["type"] == "TextQuoteSelector"
        assert 0 <= position["start"] < position["end"]
        assert len(words["exact"]) == position["end"] - position["start"]


def value(item, purpose):
    return next(b["value"] for b in item["body"] if b["purpose"] == purpose)


def test_each_cell_is_an_annotation_of_its_words():
    items = annotations(build_row())
    found = [(value(i, "tagging"), value(i, "classifying")) for i in items]
    assert found == [
        ("event_type", "REQUEST"),
        ("factuality", "happened"),
        ("actor", "Russia (RUS.GOV)"),
        ("recipient", "Ukraine (UKR.GOV)"),
    ]


def test_a_quotation_has_the_words_around_it():
    position, words = annotations(build_row())[0]["target"]["selector"]
    begin = position["start"] - START
    assert SENTENCE[begin : begin + len(words["exact"])] == words["exact"]
    assert words["prefix"] + words["exact"] + words["suffix"] in SENTENCE


def test_no_two_annotations_share_an_id():
    items = annotations(build_row(), build_row(event_id="evt-2"))
    assert len({item["id"] for item in items}) == len(items)


@pytest.mark.parametrize(
    ("url", "source"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("https://example.org/a b<", "https://example.org/a%20b%3C"),
        ("javascript:alert(1)", "urn:onrecord:doc-1"),
        (None, "urn:onrecord:doc-1"),
    ],
)
def test_the_source_is_a_web_address_or_the_reports_id(url, source):
    items = annotations(build_row(report={**REPORT, "url": url}))
    assert {item["target"]["source"] for item in items} == {source}


def test_a_cell_without_words_has_no_annotation():
    when = {
        "from": "2022-01-29",
        "to": "2022-01-29",
        "basis": "publication",
        "granularity": "day",
        "spans": [],
    }
    tags = [value(item, "tagging") for item in annotations(build_row(when=when))]
    assert "when" not in tags
