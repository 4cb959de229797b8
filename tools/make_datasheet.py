"""Write the datasheet of the annotations: counts from the files, prose from a template.

    python -m tools.make_datasheet

Follows Gebru et al., "Datasheets for Datasets" (2021). `tests/docs` fails when the page
is not what this makes.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
ANNOTATIONS = ROOT / "training/annotations"
PAGE = ROOT / "docs/reference/annotations.md"
TEMPLATE = Path(__file__).with_suffix(".md")
FACTUALITIES = ("happened", "planned", "hypothetical", "negated", "denied")
MADE = "<!-- {} -->"

Row = Mapping[str, Any]


def main() -> None:
    """Write the page."""
    PAGE.write_text(make_page(), encoding="utf-8")
    print(PAGE)


def make_page() -> str:
    """Return the page as it should be."""
    page = TEMPLATE.read_text(encoding="utf-8")
    sets = {
        name: list(read_rows(ANNOTATIONS / f"{name}.jsonl"))
        for name in ("wikinews", "written")
    }
    told = {
        "training/annotations/told_twice.jsonl": ANNOTATIONS / "told_twice.jsonl",
        "training/annotations/told_demo.jsonl": ANNOTATIONS / "told_demo.jsonl",
        "gold/told_twice.jsonl": ROOT / "gold/told_twice.jsonl",
    }
    made = {
        "reports": "\n".join(report_table(sets)),
        "types": "\n".join(type_table(sets)),
        "told": "\n".join(told_table(told)),
    }
    for name, table in made.items():
        page = page.replace(MADE.format(name), table)
    return page


def read_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a file of JSON lines."""
    with path.open(encoding="utf-8") as stream:
        yield from map(json.loads, stream)


def report_table(sets: Mapping[str, list[Row]]) -> Iterator[str]:
    """Yield how many reports, events and statements there are."""
    yield "| | " + " | ".join(f"`{name}.jsonl`" for name in sets) + " |"
    yield "|---|" + "---|" * len(sets)
    lines: dict[str, list[int]] = {}
    for rows in sets.values():
        events = [event for row in rows for event in row["events"]]
        counts = {
            "reports": len(rows),
            "of them without an event": sum(not row["events"] for row in rows),
            "events": len(events),
            **{f"– {f}": sum(e["status"] == f for e in events) for f in FACTUALITIES},
            "– on somebody's word": sum(bool(e["by"]) for e in events),
            "– doubtful (`unsure`)": sum(e["unsure"] for e in events),
            "statements": sum(len(row["statements"]) for row in rows),
        }
        for name, count in counts.items():
            lines.setdefault(name, []).append(count)
    for name, numbers in lines.items():
        yield f"| {name} | " + " | ".join(f"{n:,}" for n in numbers) + " |"


def type_table(sets: Mapping[str, list[Row]]) -> Iterator[str]:
    """Yield how many events each type has."""
    counts = {
        name: Counter(e["type"] for row in rows for e in row["events"])
        for name, rows in sets.items()
    }
    yield "| type | " + " | ".join(f"`{name}.jsonl`" for name in sets) + " |"
    yield "|---|" + "---|" * len(sets)
    for kind in sorted({kind for found in counts.values() for kind in found}):
        numbers = " | ".join(f"{found[kind]:,}" for found in counts.values())
        yield f"| {kind} | {numbers} |"


def told_table(files: Mapping[str, Path]) -> Iterator[str]:
    """Yield how many stories, happenings and mentions the files of tellings have."""
    yield "| file | stories | reports | happenings | mentions |"
    yield "|---|---|---|---|---|"
    for name, path in files.items():
        rows = list(read_rows(path))
        reports = sum(len(row.get("only", row["reports"])) for row in rows)
        happenings = [one for row in rows for one in row["happenings"]]
        mentions = sum(len(one["mentions"]) for one in happenings)
        cells = f"{len(rows)} | {reports} | {len(happenings):,} | {mentions:,}"
        yield f"| `{name}` | {cells} |"


if __name__ == "__main__":
    main()
