"""Write the list of addresses in docs/reference/service.md from the OpenAPI.

Run it from the repository: `python -m tools.make_service_page`.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onrecord.show.service.app import make_app

PAGE = Path(__file__).resolve().parent.parent / "docs/reference/service.md"
MARK = "<!-- Made by `python -m tools.make_service_page`; do not edit below. -->"
FILTERS = (
    "actor",
    "recipient",
    "country",
    "type",
    "mode",
    "context",
    "factuality",
    "by",
    "place",
    "story",
    "since",
    "until",
    "min_confidence",
)


def make_page(written: str) -> str:
    """Return the page: what people wrote above the mark, and the list below it."""
    above, _, _ = written.partition(MARK)
    return f"{above}{MARK}\n\n" + "\n".join(addresses()) + "\n"


def addresses() -> Iterator[str]:
    """Yield the rows of the table of addresses."""
    paths = make_app(Path()).openapi_schema.to_schema()["paths"]
    yield "| address | parameters | answer |"
    yield "|---|---|---|"
    for path, item in paths.items():
        told = item["get"]
        shown = ", ".join(_parameters(told.get("parameters", ())))
        yield f"| `{path}` | {shown} | {told['description'].splitlines()[0]} |"


def _parameters(parameters: Any) -> Iterator[str]:
    """Yield the names of query parameters, the filters as one."""
    names = [p["name"] for p in parameters if p["in"] == "query"]
    if set(FILTERS) <= set(names):
        yield "filters"
    yield from (f"`{name}`" for name in names if name not in FILTERS)


def main() -> None:
    """Write the page."""
    written = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(make_page(written), encoding="utf-8")


if __name__ == "__main__":
    main()
