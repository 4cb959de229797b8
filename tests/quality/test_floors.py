"""The scores on gold data do not fall; skipped where the shared data are not."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from bench.quality.shared import find_shared

ROOT = Path(__file__).resolve().parents[2]
FLOORS = tomllib.loads((ROOT / "bench/quality/floors.toml").read_text("utf-8"))

pytestmark = pytest.mark.shared


def score(module: str) -> dict:
    try:
        find_shared()
    except SystemExit as err:
        pytest.skip(f"needs the shared data: {err}")
    command = [sys.executable, "-m", f"bench.quality.{module}", "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def test_events_and_statements_do_not_fall_below_their_floors():
    found = score("events")
    figures = {name: found[name]["f"] for name in ("found", "typed", "dyad", "said")}
    figures["kappa"] = found["fact"]["kappa"]
    figures["by"] = found["by"]["accuracy"]
    floors = dict(FLOORS["events"])
    assert found["unreal"]["share"] <= floors.pop("unreal")
    fallen = {k: figures[k] for k, floor in floors.items() if figures[k] < floor}
    assert fallen == {}


def test_syntax_does_not_fall_below_its_floors():
    figures = score("syntax")
    fallen = {k: figures[k] for k, f in FLOORS["syntax"].items() if figures[k] < f}
    assert fallen == {}
