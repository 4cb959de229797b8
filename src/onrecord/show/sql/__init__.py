"""The queries of the views, kept as files."""

from pathlib import Path


def load_sql(name: str) -> str:
    """Return the query kept in `<name>.sql`."""
    path = Path(__file__).resolve().parent / f"{name}.sql"
    return path.read_text(encoding="utf-8")
