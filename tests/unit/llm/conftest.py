"""Knowledge, reader and a trial of answers, loaded once."""

import functools
from collections.abc import Callable

import pytest

from onrecord.lexicon.kit import Kit, load_kit
from onrecord.model.annotation import AnnotatedDocument
from onrecord.pipeline import understand
from onrecord.understand.parse import SentenceCache
from onrecord.understand.reader import Reader, load_reader
from tests.support.llmcases import Trial, report


@pytest.fixture(scope="session")
def kit() -> Kit:
    return load_kit()


@pytest.fixture(scope="session")
def reader() -> Reader:
    return load_reader()


@pytest.fixture(scope="session")
def annotate(kit, reader) -> Callable[[str], AnnotatedDocument]:
    reading = functools.partial(
        understand, kit=kit, reader=reader, cache=SentenceCache()
    )
    return lambda text: reading(report(text))


@pytest.fixture(scope="session")
def trial(kit, reader) -> Trial:
    return Trial(kit, reader)
