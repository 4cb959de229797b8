"""Run cases of the targets, many a second, and tell what broke.

    python -m bench.fuzz text jsonl --seed 1 --cases 100000
    python -m bench.fuzz --seconds 60 --out DIR
    python -m bench.fuzz feed --seed 1 --show 4711

Case number n of a seed is always the same. A case that raises, breaks a promise, or
takes longer than `--limit` seconds of the processor is printed with the last lines of
its traceback. Every target ends with one line of JSON, also kept under `--out`.
"""

import argparse
import contextlib
import logging
import os
import signal
import time
import traceback
from collections.abc import Iterator
from pathlib import Path

import msgspec

os.environ["OPENBLAS_NUM_THREADS"] = "1"

MAX_PRINTED = 20  # cases that broke, of one target
SLOWEST = 3


class TooSlow(BaseException):
    """Say that a case took too long; nothing that is fuzzed catches it."""


class Outcome(msgspec.Struct):
    """What came of one target; memory in MB, seconds of the processor."""

    target: str
    seed: int
    first: int
    cases: int = 0
    broken: int = 0
    characters: int = 0
    processor: float = 0.0
    clock: float = 0.0
    slowest: list[tuple[float, int]] = msgspec.field(default_factory=list)
    memory_early: float = 0.0
    memory_end: float = 0.0
    memory_peak: float = 0.0


def main() -> None:
    """Run the targets one after another."""
    from bench.fuzz.targets import TARGETS, show_case

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("targets", nargs="*", help=f"of {', '.join(TARGETS)}")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="number of the first case")
    parser.add_argument("--cases", type=int, default=10**9)
    parser.add_argument("--seconds", type=float, default=10.0, help="for each target")
    parser.add_argument("--limit", type=float, default=20.0, help="for each case")
    parser.add_argument("--out", type=Path, help="folder that gets the outcomes")
    parser.add_argument("--show", type=int, metavar="CASE")
    args = parser.parse_args()
    logging.disable(logging.CRITICAL)
    signal.signal(signal.SIGPROF, _stop)
    for target in args.targets or TARGETS:
        if args.show is not None:
            print(show_case(target, args.seed, args.show))
            continue
        outcome = run_target(
            target,
            seed=args.seed,
            first=args.first,
            cases=args.cases,
            seconds=args.seconds,
            limit=args.limit,
        )
        line = msgspec.json.encode(outcome).decode()
        print(line, flush=True)
        if args.out:
            args.out.mkdir(exist_ok=True, parents=True)
            with (args.out / "outcomes.jsonl").open("a") as stream:
                stream.write(line + "\n")


def run_target(
    target: str, *, seed: int, first: int, cases: int, seconds: float, limit: float
) -> Outcome:
    """Run cases until their number or the seconds of the clock are through."""
    from bench.fuzz.targets import run_case

    outcome = Outcome(target=target, seed=seed, first=first)
    began, spent = time.monotonic(), time.process_time()
    for number in range(first, first + cases):
        started = time.process_time()
        try:
            with _limited(limit):
                outcome.characters += run_case(target, seed, number)
        except (Exception, TooSlow) as err:  # noqa: BLE001 - what is looked for
            outcome.broken += 1
            if outcome.broken <= MAX_PRINTED:
                _tell(target, seed, number, err)
        took = round(time.process_time() - started, 3)
        outcome.slowest = sorted([*outcome.slowest, (took, number)])[-SLOWEST:]
        outcome.cases += 1
        if outcome.cases == min(1000, cases // 10):
            outcome.memory_early = _memory("VmRSS")
        if time.monotonic() - began > seconds:
            break
    outcome.processor = round(time.process_time() - spent, 1)
    outcome.clock = round(time.monotonic() - began, 1)
    outcome.memory_end, outcome.memory_peak = _memory("VmRSS"), _memory("VmHWM")
    return outcome


def _tell(target: str, seed: int, number: int, err: BaseException) -> None:
    frames = traceback.format_exception(err)[-4:]
    print(f"BROKEN {target} seed {seed} case {number}\n{''.join(frames)}", flush=True)


@contextlib.contextmanager
def _limited(seconds: float) -> Iterator[None]:
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _stop(*_: object) -> None:
    raise TooSlow("the case took too long")


def _memory(field: str) -> float:
    status = Path("/proc/self/status").read_text()
    line = next(one for one in status.splitlines() if one.startswith(f"{field}:"))
    return round(int(line.split()[1]) / 1024, 1)


if __name__ == "__main__":
    main()
