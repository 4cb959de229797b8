import functools
import threading
from collections.abc import Iterator

import pytest

from onrecord.llm.endpoint import Endpoint
from onrecord.llm.opening import Settings, name_version, open_coder
from onrecord.model.document import Document, Rejected
from onrecord.ontology import load_ontology
from onrecord.pipeline import understand
from onrecord.understand.parse import SentenceCache
from tests.support.llmcases import accuser, report
from tests.support.llmserver import refuses, serve_llm, shown

TEXTS = [f"Chad accused Mali of {n} lies." for n in range(20)]


@pytest.fixture
def reading(kit, reader):
    return functools.partial(understand, kit=kit, reader=reader, cache=SentenceCache())


def open_at(url: str, tmp_path, kit, reading, *, threads: int):
    settings = Settings(endpoint=Endpoint(url=url, model="m"), threads=threads)
    return open_coder(tmp_path, settings, kit=kit, understand=reading)


def test_several_are_asked_for_at_a_time_and_come_in_order(tmp_path, kit, reading):
    together = threading.Barrier(4, timeout=30)

    def wait(handler, asked):
        together.wait()
        accuser(handler, asked)

    with serve_llm(wait) as llm:
        coder = open_at(llm.url, tmp_path, kit, reading, threads=4)
        coded = list(coder.code(report(text) for text in TEXTS))
    assert [c.document.text for c in coded] == TEXTS
    assert len(llm.asked) == 20


def test_few_reports_are_taken_ahead(tmp_path, kit, reading):
    taken = 0

    def documents() -> Iterator[Document]:
        nonlocal taken
        for text in TEXTS:
            taken += 1
            yield report(text)

    with serve_llm(accuser) as llm:
        coder = open_at(llm.url, tmp_path, kit, reading, threads=2)
        results = coder.code(documents())
        next(results)
        assert taken == 4
        next(results)
        assert taken == 5
        results.close()


def test_a_report_that_cannot_be_understood_costs_itself(tmp_path, kit, reading):
    def breaking(document: Document):
        if "of 7 lies" in document.text:
            raise ValueError("told to fail")
        return reading(document)

    with serve_llm(accuser) as llm:
        coder = open_at(llm.url, tmp_path, kit, breaking, threads=2)
        results = list(coder.code(report(text) for text in TEXTS))
    refused = [r for r in results if isinstance(r, Rejected)]
    assert [(r.stage, r.reason) for r in refused] == [
        ("understand", "ValueError: told to fail")
    ]
    assert len(results) == 20


def test_an_answer_on_its_way_when_the_run_ends_is_kept(tmp_path, kit, reading):
    on_its_way, refused = threading.Event(), threading.Event()

    def reply(handler, asked):
        if "0 lies" in shown(asked)["sentences"][0]["text"]:
            on_its_way.wait(30)
            refuses(401, "no")(handler, asked)
            refused.set()
        else:
            on_its_way.set()
            refused.wait(30)
            accuser(handler, asked)

    with serve_llm(reply) as llm:
        coder = open_at(llm.url, tmp_path, kit, reading, threads=2)
        assert list(coder.code(report(text) for text in TEXTS[:2])) == []
        coder.close()
    assert "401" in str(coder.stopped)
    assert len(list(tmp_path.rglob("*.json"))) == 1


def test_a_version_names_model_codebook_and_reader():
    ontology = load_ontology()
    version = name_version("org/m:7b", ontology, reader="abc")
    assert version.startswith("llm/org/m:7b/")
    assert version != name_version("org/m:7b", ontology, reader="abd")
    assert version == name_version("org/m:7b", ontology, reader="abc")
