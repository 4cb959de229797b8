"""Knowledge and reader, loaded once for all golden files."""

import pytest


@pytest.fixture(scope="session")
def kit():
    from onrecord.lexicon.kit import load_kit

    return load_kit()


@pytest.fixture(scope="session")
def reader():
    from onrecord.understand.reader import load_reader

    return load_reader()
