"""Install a package of plug-ins for one test: its code, and what it says of itself."""

import tomllib
from pathlib import Path

from onrecord.plugins import list_plugins

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples/onrecord-example"


def install(monkeypatch, folder: Path, *, name: str, points: dict[str, dict[str, str]]):
    """Put the metadata of a package into a folder that modules are looked for in."""
    about = folder / f"{name.replace('-', '_')}-1.0.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", encoding="utf-8"
    )
    lines = []
    for group, entries in points.items():
        lines.append(f"[{group}]")
        lines += [f"{entry} = {target}" for entry, target in entries.items()]
    (about / "entry_points.txt").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.syspath_prepend(str(folder))
    list_plugins.cache_clear()


def install_example(monkeypatch, folder: Path) -> None:
    """Install the package of the documentation, as its `pyproject.toml` says."""
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text("utf-8"))["project"]
    monkeypatch.syspath_prepend(str(EXAMPLE / "src"))
    install(monkeypatch, folder, name=project["name"], points=project["entry-points"])
