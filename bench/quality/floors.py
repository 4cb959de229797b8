"""What figures may not fall below, and which gold they were measured on.

`floors.toml` has a table of floors for each measure, named as the figures are, and the
hashes of the gold. A figure in `CEILINGS` may not rise. A floor is raised by `--raise`
and lowered by `--allow-regression REASON` alone, which notes the reason in the change
log; a floor that lies further below its figure than `SLACK` was not set by either.
"""

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from bench.quality.figures import Made, flatten
from bench.quality.measures import MEASURES
from bench.quality.shared import ROOT

FLOORS = Path(__file__).parent / "floors.toml"
CHANGES = ROOT / "CHANGELOG.md"
CHANGES_HEAD = "### Floors\n"
HEAD = """\
# What the figures of docs/quality.md may not fall below; `unreal` and `distance` not
# rise above. A point or two are left for processors whose int8 arithmetic rounds
# otherwise. Set by `python -m bench.quality --raise`, lowered by `--allow-regression
# REASON`, which notes the reason in the change log.
"""
GOLD_HEAD = """\
# The gold that they were measured on. A figure on other gold is another figure.
"""
CEILINGS = ("unreal", "distance", "mixed")
MARGIN, FRACTION_MARGIN, FEW_MARGIN, COUNT_SHARE = 1.5, 0.04, 10.0, 0.02
OF_FEW = ("across.precision",)  # a share of a dozen pairs
FRACTIONS = ("kappa", "distance")  # not in per cent
SLACK = 2  # margins
DIGEST = 10

Floors = dict[str, dict[str, float]]


class Fallen(msgspec.Struct, frozen=True):
    """A figure on the wrong side of its floor."""

    measure: str
    name: str
    value: float
    floor: float

    def __str__(self) -> str:
        side = "above its ceiling" if is_ceiling(self.name) else "below its floor"
        return f"{self.measure} {self.name} is {self.value:.2f}, {side} {self.floor:g}"


def is_ceiling(name: str) -> bool:
    """Tell whether a figure is the better the lower it is."""
    return any(part in CEILINGS for part in name.split("."))


def read_floors(path: Path = FLOORS) -> tuple[Floors, dict[str, str]]:
    """Return the floors by measure and name, and the hashes of the gold."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    gold = table.pop("gold", {})
    return {measure: dict(flatten(floors)) for measure, floors in table.items()}, gold


def write_floors(
    floors: Mapping[str, Mapping[str, float]],
    gold: Mapping[str, str],
    path: Path = FLOORS,
) -> None:
    """Write the floors and the hashes."""
    lines = [HEAD.rstrip()]
    for measure in sorted(floors):
        lines += ["", f"[{measure}]"]
        lines += [f"{name} = {floor}" for name, floor in floors[measure].items()]
    lines += ["", GOLD_HEAD.rstrip(), "[gold]"]
    lines += [f'"{name}" = "{digest}"' for name, digest in sorted(gold.items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def find_fallen(floors: Floors, made: Mapping[str, Made]) -> Iterator[Fallen]:
    """Yield the figures on the wrong side of their floors, of what was measured."""
    for measure, name, value, floor in _met(floors, made):
        if value > floor if is_ceiling(name) else value < floor:
            yield Fallen(measure, name, value, floor)


def find_loose(floors: Floors, made: Mapping[str, Made]) -> Iterator[Fallen]:
    """Yield the floors that lie too far from their figures to hold anything."""
    for measure, name, value, floor in _met(floors, made):
        away = floor - value if is_ceiling(name) else value - floor
        if away > SLACK * _margin(name, value):
            yield Fallen(measure, name, value, floor)


def _met(
    floors: Floors, made: Mapping[str, Made]
) -> Iterator[tuple[str, str, float, float]]:
    for measure, own in floors.items():
        if measure not in made:
            continue
        figures = dict(flatten(made[measure].figures))
        for name, floor in own.items():
            if name not in figures:
                raise SystemExit(f"floors.toml: {measure} has no figure {name}")
            yield measure, name, figures[name], floor


def raised(floors: Floors, made: Mapping[str, Made]) -> Floors:
    """Return the floors with those put up to their figures that lie lower."""
    after = {measure: dict(own) for measure, own in floors.items()}
    for measure, name, value, floor in _met(floors, made):
        level = _level(name, value)
        best = min(level, floor) if is_ceiling(name) else max(level, floor)
        after[measure][name] = best
    return after


def lowered(floors: Floors, fallen: Iterator[Fallen]) -> Floors:
    """Return the floors with those that did not hold put down to their figures."""
    after = {measure: dict(own) for measure, own in floors.items()}
    for one in fallen:
        after[one.measure][one.name] = _level(one.name, one.value)
    return after


def note_lowered(
    before: Floors, after: Floors, reason: str, path: Path = CHANGES
) -> None:
    """Write a line into the change log for floors that were lowered."""
    changed = ", ".join(
        f"{measure} {name} from {floor:g} to {after[measure][name]:g}"
        for measure, own in before.items()
        for name, floor in own.items()
        if after[measure][name] != floor
    )
    text = path.read_text(encoding="utf-8")
    if CHANGES_HEAD not in text:
        raise SystemExit(f"{path.name} has no heading {CHANGES_HEAD.strip()!r}")
    line = f"- {changed}: {reason}\n"
    head, tail = text.split(CHANGES_HEAD, 1)
    path.write_text(f"{head}{CHANGES_HEAD}\n{line}{tail.lstrip()}", encoding="utf-8")


def _margin(name: str, value: float) -> float:
    if name.endswith(FRACTIONS):
        return FRACTION_MARGIN
    if name.endswith(OF_FEW):
        return FEW_MARGIN
    if isinstance(value, int):
        return max(1, round(COUNT_SHARE * value))
    return MARGIN


def _level(name: str, value: float) -> float:
    """Return the floor for a figure: a margin below it, or above for a ceiling."""
    margin = _margin(name, value)
    level = value + margin if is_ceiling(name) else value - margin
    return int(level) if isinstance(value, int) else round(level, 2)


def hash_gold(names: tuple[str, ...], folder: Path) -> dict[str, str]:
    """Return a hash of each file or folder of gold, over names and bytes."""
    return {name: _hash(folder / name) for name in names}


def _hash(path: Path) -> str:
    digest = hashlib.blake2b(digest_size=DIGEST)
    files = [path] if path.is_file() else sorted(p for p in path.iterdir())
    for file in files:
        digest.update(file.name.encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def changed_gold(gold: Mapping[str, str], shared: Path | None) -> tuple[str, ...]:
    """Return the names of the gold that is no longer what it was, where it is here."""
    now: dict[str, str] = {}
    for measured in MEASURES.values():
        now |= hash_gold(measured.own, ROOT)
        if shared is not None:
            now |= hash_gold(measured.gold, shared)
    return tuple(sorted(n for n, digest in now.items() if gold.get(n) != digest))
