"""The built page: the files of one folder and nothing else."""

import mimetypes
from collections.abc import Mapping
from pathlib import Path

from litestar import MediaType, Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from onrecord.show.service.answer import not_found

BUILT = Path(__file__).resolve().parent.parent / "web"
INDEX = "index.html"
NAMED = "assets/"  # the build names these files by what is in them
KEPT = "public, max-age=31536000, immutable"
TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".woff2": "font/woff2",
}
UNBUILT = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>onrecord: the page is not built</title>
<h1>The page is not built</h1>
<p>This installation of onrecord has no web page, since it was made without npm.
The JSON service works: see <a href="/api/record">the record</a>,
<a href="/api/events">its events</a>, and
<a href="/api/openapi.json">all there is to ask</a>.</p>
<p>To get the page, install a wheel of onrecord, which carries it; or install Node.js
with npm and then onrecord from its source again: <code>pip install .</code></p>
</html>
"""


def page_handler(folder: Path) -> HTTPRouteHandler:
    """Return what answers for the files in `folder`, which are listed once, now."""
    files = list_files(folder)

    @get(["/", "/{asked:path}"], include_in_schema=False)
    async def get_page(asked: FromPath[str] = "") -> Response[bytes]:
        """Return a file of the page."""
        name = asked.strip("/") or INDEX
        if name == INDEX and INDEX not in files:
            return Response(UNBUILT.encode(), media_type=MediaType.HTML)
        path = files.get(name)
        if path is None:
            not_found("nothing is here; the page is at /, see also /api/openapi.json")
        return Response(
            path.read_bytes(),
            media_type=media_type(path),
            headers={"cache-control": KEPT if name.startswith(NAMED) else "no-cache"},
        )

    return get_page


def list_files(folder: Path) -> Mapping[str, Path]:
    """Return the files under `folder` by their path in it; links are left out.

    What is asked for is looked up here and never joined to a folder, so no path leads
    out of it.
    """
    if not folder.is_dir():
        return {}
    return {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def media_type(path: Path) -> str:
    """Return the media type of a file, the same on every machine for known endings."""
    known = TYPES.get(path.suffix)
    return known or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
