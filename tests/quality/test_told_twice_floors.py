"""Stories told twice are merged as well as they were."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOORS = tomllib.loads((ROOT / "bench/quality/floors.toml").read_text("utf-8"))


def test_merged_tellings_do_not_fall_below_their_floors():
    command = [sys.executable, "-m", "bench.quality.told_twice", "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    figures = json.loads(done.stdout.splitlines()[-1])
    pairs, floors = figures["across"], FLOORS["told_twice"]
    assert pairs["right"] >= floors["right"]
    assert pairs["right"] >= floors["precision"] * pairs["merged"]
    assert figures["mixed"] == 0
