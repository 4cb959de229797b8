"""Options of the tests."""

import pytest
from hypothesis import settings

# Machines are small and shared: no test fails for being slow.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--golden-update",
        action="store_true",
        help="write tests/golden/reports/*.events anew from what the program finds",
    )
