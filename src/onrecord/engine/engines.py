"""The engines: what codes many reports, here or elsewhere, with the same results."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from onrecord.engine import local, ray
from onrecord.engine.batch import Result
from onrecord.engine.limits import UNLIMITED, Limits
from onrecord.engine.worker import MakeWorker
from onrecord.errors import UsageError
from onrecord.model.document import Document

ENGINES = ("local", "ray")

# One result for each report, in order; reports are taken as they can be coded.
Engine = Callable[[Iterable[Document]], Iterator[Result]]


def find_engine(
    name: str,
    *,
    make_worker: MakeWorker,
    workers: int | None = None,
    limits: Limits = UNLIMITED,
    ray_address: str | None = None,
) -> Engine:
    """Return an engine that is ready to work; raise `UsageError` where it is not.

    Without `workers`, local has one, and ray one for each core of the cluster.
    """
    if name == "local":
        return partial(
            local.code_documents,
            workers=workers or 1,
            make_worker=make_worker,
            limits=limits,
        )
    if name == "ray":
        ray.import_ray(ray_address)
        return partial(
            ray.code_documents,
            workers=workers,
            make_worker=make_worker,
            limits=limits,
            address=ray_address,
        )
    raise UsageError(f"there is no engine {name!r}; there is {' and '.join(ENGINES)}")
