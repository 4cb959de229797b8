from collections.abc import Iterator
from functools import partial

import pytest

from onrecord.engine.local import REPORTS_A_TASK, TASKS_A_WORKER, code_documents
from onrecord.engine.worker import Worker
from onrecord.errors import ModelError
from onrecord.model.document import Document, Rejected
from onrecord.model.event import CodedDocument
from tests.support.reports import code, make_worker, report

# Spawned processes take half a second each, so few tests use them.


def texts(count: int) -> list[Document]:
    return [report(f"A met B {n}") for n in range(count)]


def no_model() -> Worker:
    raise ModelError("no model; install it")


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_order(workers: int) -> None:
    documents = texts(11)
    results = list(code_documents(documents, workers=workers, make_worker=make_worker))
    assert results == [code(d) for d in documents]


@pytest.mark.parametrize("workers", [1, 2])
def test_failing_report_costs_one_report(workers: int) -> None:
    documents = [report("A met B"), report("FAIL", position="row 2"), report("C met D")]
    first, second, third = code_documents(
        documents, workers=workers, make_worker=make_worker
    )
    assert isinstance(first, CodedDocument)
    assert isinstance(second, Rejected)
    assert isinstance(third, CodedDocument)
    assert (second.stage, second.file, second.position, second.source_id) == (
        "code",
        "reports.jsonl",
        "row 2",
        documents[1].source_id,
    )
    assert second.reason.startswith("ValueError: told to fail (reports.py:")


@pytest.mark.parametrize("workers", [1, 2])
def test_missing_model_stops_all(workers: int) -> None:
    with pytest.raises(ModelError, match="install it"):
        list(code_documents(texts(2), workers=workers, make_worker=no_model))


def test_report_that_kills_its_process_is_rejected() -> None:
    documents = [*texts(5), report("DIE"), *texts(12)[6:]]
    results = list(code_documents(documents, workers=2, make_worker=make_worker))
    bad = [r for r in results if isinstance(r, Rejected)]
    assert [r.source_id for r in bad] == [documents[5].source_id]
    assert "died twice" in bad[0].reason
    assert [r.document for r in results if isinstance(r, CodedDocument)] == [
        d for d in documents if "DIE" not in d.text
    ]


def test_only_what_keeps_the_workers_busy_is_read_ahead() -> None:
    taken = 0

    def documents() -> Iterator[Document]:
        nonlocal taken
        for document in texts(400):
            taken += 1
            yield document

    make_slow = partial(make_worker, 0.001)
    results = code_documents(documents(), workers=2, make_worker=make_slow)
    for done, _ in enumerate(results, 1):
        assert taken - done <= REPORTS_A_TASK * (2 * TASKS_A_WORKER + 1)


def test_one_worker_reads_nothing_ahead() -> None:
    documents = iter(texts(3))
    next(code_documents(documents, workers=1, make_worker=make_worker))
    assert len(list(documents)) == 2
