import pkgutil
import subprocess
import sys

import pytest

import onrecord

LIMIT = 0.1  # seconds


@pytest.mark.parametrize("name", onrecord.__all__)
def test_a_public_name_can_be_imported(name):
    assert getattr(onrecord, name) is not None


def test_no_public_name_hides_a_module():
    modules = {module.name for module in pkgutil.iter_modules(onrecord.__path__)}
    assert not modules & set(onrecord.__all__)


def test_other_names_are_not_there():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = onrecord.nothing


def test_the_package_is_imported_at_once():
    script = (
        "import time; start = time.process_time(); import onrecord;"
        " print(time.process_time() - start)"
    )
    seconds = min(
        float(subprocess.check_output([sys.executable, "-c", script])) for _ in range(3)
    )
    assert seconds < LIMIT
