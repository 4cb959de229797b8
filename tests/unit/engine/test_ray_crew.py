"""What a crew does when its actors are lost, told by a Ray that works at once."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any, cast

import pytest

from onrecord import __version__
from onrecord.engine import ray
from onrecord.engine.batch import code_batch, read_ipc, write_ipc
from onrecord.engine.limits import UNLIMITED
from onrecord.engine.ray import REPORTS_A_TASK, REPORTS_AHEAD
from onrecord.engine.ray_crew import TRIES, Crew, Task
from onrecord.errors import UsageError
from onrecord.model.document import Document, Rejected
from onrecord.model.event import CodedDocument
from tests.support.reports import code, make_worker, report


class RayTaskError(Exception):
    cause: Exception | None = None


class RayActorError(Exception):
    pass


class ObjectLostError(Exception):
    pass


class FakeRay:
    """Does what is asked when it is waited for.

    `lost` decides, by the texts of a task, whether its actor is lost at it.
    """

    exceptions = SimpleNamespace(
        RayTaskError=RayTaskError,
        RayActorError=RayActorError,
        ObjectLostError=ObjectLostError,
    )

    def __init__(
        self,
        *,
        cores: int = 1,
        version: str = __version__,
        starts: bool = True,
        lost: Callable[[list[str]], bool] = lambda texts: False,
    ) -> None:
        self.cores = cores
        self.version = version
        self.starts = starts
        self.lost = lost
        self.started = 0
        self.tasks: list[list[str]] = []

    def cluster_resources(self) -> dict[str, float]:
        return {"CPU": float(self.cores)}

    def remote(self, actor_class: type) -> Any:
        return SimpleNamespace(options=lambda **_: SimpleNamespace(remote=self.start))

    def start(self, *_: Any) -> Any:
        self.started += 1
        return SimpleNamespace(
            prepare=SimpleNamespace(remote=lambda: self.prepare),
            code=SimpleNamespace(remote=lambda batch: lambda: self.code(batch)),
        )

    def prepare(self) -> str:
        if not self.starts:
            raise RayActorError("no module named onrecord")
        return self.version

    def code(self, batch: bytes) -> bytes:
        reports = read_ipc(batch)
        texts = reports.column("text").to_pylist()
        self.tasks.append(texts)
        if self.lost(texts):
            raise RayActorError("its node died")
        return write_ipc(code_batch(reports, worker=make_worker()))

    def wait(self, refs: list[Any], **_: Any) -> tuple[list[Any], list[Any]]:
        return refs, []

    def get(self, ref: Callable[[], Any]) -> Any:
        return ref()

    def kill(self, actor: Any) -> None:
        pass

    def is_initialized(self) -> bool:
        return True


def crew_of(fake: FakeRay, workers: int | None = None) -> Crew:
    return Crew(cast(Any, fake), make_worker, workers=workers, limits=UNLIMITED)


def texts(count: int) -> tuple[Document, ...]:
    return tuple(report(f"A met B {n}") for n in range(count))


def run(crew: Crew, *tasks: Task) -> dict[int, CodedDocument | Rejected]:
    for task in tasks:
        crew.add(task)
    found: dict[int, CodedDocument | Rejected] = {}
    for _ in range(40):
        found.update(crew.wait())
    return found


def test_results_have_the_numbers_of_their_reports() -> None:
    documents = texts(5)
    first = Task(number=0, documents=documents[:3])
    second = Task(number=3, documents=documents[3:])
    found = run(crew_of(FakeRay()), first, second)
    assert found == {n: code(d) for n, d in enumerate(documents)}


def test_reports_of_a_lost_worker_are_given_to_another_one_by_one() -> None:
    fake = FakeRay(lost=lambda texts: len(texts) > 1)
    documents = texts(3)
    found = run(crew_of(fake), Task(number=0, documents=documents))
    assert found == {n: code(d) for n, d in enumerate(documents)}
    assert [len(task) for task in fake.tasks] == [3, 1, 1, 1]


def test_what_a_lost_worker_had_not_begun_is_given_as_it_is() -> None:
    documents = texts(4)
    fake = FakeRay(lost=lambda texts: len(texts) > 1 and "A met B 0" in texts)
    first = Task(number=0, documents=documents[:2])
    second = Task(number=2, documents=documents[2:])
    found = run(crew_of(fake), first, second)
    assert sorted(found) == [0, 1, 2, 3]
    assert [d.text for d in documents[2:]] in fake.tasks


def test_report_near_so_many_lost_workers_is_rejected() -> None:
    fake = FakeRay(lost=lambda texts: "A met B 1" in texts)
    documents = texts(3)
    found = run(crew_of(fake), Task(number=0, documents=documents))
    bad = found.pop(1)
    assert isinstance(bad, Rejected)
    assert bad.source_id == documents[1].source_id
    assert bad.reason.startswith(f"{TRIES} workers were lost")
    assert found == {0: code(documents[0]), 2: code(documents[2])}
    assert sum("A met B 1" in task for task in fake.tasks) == TRIES


def test_workers_that_cannot_start_end_the_run() -> None:
    with pytest.raises(UsageError, match="no module named onrecord"):
        run(crew_of(FakeRay(starts=False)))


def test_node_with_another_version_ends_the_run() -> None:
    with pytest.raises(UsageError, match=r"has onrecord 0\.0\.1"):
        run(crew_of(FakeRay(version="0.0.1")))


@pytest.mark.parametrize(("workers", "started"), [(None, 3), (2, 2), (5, 5)])
def test_there_is_a_worker_for_each_core_or_as_many_as_told(
    workers: int | None, started: int
) -> None:
    fake = FakeRay(cores=3)
    run(crew_of(fake, workers))
    assert fake.started == started


def test_only_what_keeps_the_workers_busy_is_read_ahead(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ray, "import_ray", lambda address: FakeRay(cores=2))
    taken = 0

    def documents() -> Iterator[Document]:
        nonlocal taken
        for document in texts(200):
            taken += 1
            yield document

    results = ray.code_documents(documents(), workers=None, make_worker=make_worker)
    for done, result in enumerate(results, 1):
        assert isinstance(result, CodedDocument)
        assert taken - done <= 2 * (REPORTS_AHEAD + REPORTS_A_TASK)
    assert done == taken == 200
