"""Build the web page into the package, when npm is there to build it.

The page is a program in TypeScript under `web/`; its built files go into
`src/onrecord/show/web/`, those of the page without a server into `site` in it. Git
ignores them and the wheel carries them. Without npm, or without its packages,
the wheel has no page; `onrecord serve` and `onrecord site` say how to get it.
`ONRECORD_PAGE=skip` leaves the build out, `ONRECORD_PAGE=require` fails without it.
"""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

STEPS = (
    ("ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"),
    ("run", "--silent", "build", "--", "--logLevel", "warn"),
)


class PageBuildHook(BuildHookInterface[Any]):
    """Runs npm before a wheel is made; an editable install is left as it is."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the page, or say why it is left out."""
        wanted = os.environ.get("ONRECORD_PAGE", "")
        if version == "editable" or wanted == "skip":
            return
        reason = _build(Path(self.root) / "web")
        if reason is None:
            return
        if wanted == "require":
            raise RuntimeError(f"the web page was not built: {reason}")
        self.app.display_warning(f"the web page was not built: {reason}")


def _build(source: Path) -> str | None:
    """Build the page; return why that could not be done."""
    if not (source / "package-lock.json").is_file():
        return "its source is not here"
    npm = shutil.which("npm")
    if npm is None:
        return "npm is not installed"
    for step in STEPS:
        done = subprocess.run(
            [npm, *step],
            cwd=source,
            env={**os.environ, "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            said = (done.stderr or done.stdout).strip().splitlines()
            return f"npm {step[0]} failed: {said[-1] if said else done.returncode}"
    return None
