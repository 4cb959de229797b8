"""Options of the tests."""

import pytest
from hypothesis import settings

SHORT = 16  # bytes that an id shows as they are

# Machines are small and shared: no test fails for being slow.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--golden-update",
        action="store_true",
        help="write tests/golden/reports/*.events anew from what the program finds",
    )


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name bytes by their length: packed ones hold the time, ids must not."""
    if isinstance(val, bytes) and len(val) >= SHORT:
        return f"{argname}-{len(val)}-bytes"
    return None


# Whole files of long cases: kills, power cuts, every step of a push.
LONG = ("store/test_power.py", "llm/test_llm_run.py", "cli/test_watching.py")
LONGER = ("store/test_remote.py", "property/test_review_survives.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if str(item.path).endswith((*LONG, *LONGER)):
            item.add_marker(pytest.mark.slow)
