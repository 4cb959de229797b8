"""Words of reports as Markdown: nothing in them becomes markup."""

import re
from collections.abc import Collection
from urllib.parse import quote, urlsplit

from onrecord.show.views.cite import Cite
from onrecord.show.views.cite_text import called_up, marked_segments, published
from onrecord.show.visible import one_line

MARKUP = re.compile(r"([\\`*_\[\]<>#|~&$!])")
LIST_STARTS = re.compile(r"^(\s*)([-+]|\d+[.)])")
ADDRESS_SIGNS = "/:?#[]@!$&'*+,;=%~"  # of an address, all but brackets and blanks


def escaped(text: str) -> str:
    """Return text on one line in which no sign is markup."""
    safe = MARKUP.sub(r"\\\1", one_line(text))
    return LIST_STARTS.sub(_kept, safe)


def quotation(cite: Cite, labels: Collection[str] = ()) -> str:
    """Return the sentence with the words under `labels` in bold.

    Without labels these are the words that call up the event or the statement.
    """
    labels = labels or called_up(cite)
    out: list[str] = []
    opened = False
    for segment, cells in marked_segments(cite):
        wanted = any(cell in labels for cell in cells)
        if wanted != opened:
            out.append("**")
            opened = wanted
        out.append(MARKUP.sub(r"\\\1", one_line(segment.text)))
    sentence = "".join(out) + ("**" if opened else "")
    return f"“{sentence.strip()}”"


def published_link(cite: Cite) -> str:
    """Return who published it and when, linked to the report if it has an address."""
    address = web_address(cite.url)
    name = escaped(published(cite))
    return f"[{name}]({address})" if address else name


def web_address(url: str | None) -> str | None:
    """Return an http(s) address that holds no blank or bracket; others are None."""
    if url is None:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not parts.netloc:
        return None
    return quote(url, safe=ADDRESS_SIGNS)


def _kept(found: re.Match[str]) -> str:
    start = found[2]
    shown = f"\\{start}" if len(start) == 1 else f"{start[:-1]}\\{start[-1]}"
    return f"{found[1]}{shown}"
