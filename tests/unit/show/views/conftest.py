"""The record that tests of views share."""

from pathlib import Path

import pytest

from tests.support.talks import make_talks


@pytest.fixture(scope="session")
def talks(tmp_path_factory) -> Path:
    """Four reports, one of them a copy, on a quarrel about camps."""
    return make_talks(tmp_path_factory.mktemp("talks"))
