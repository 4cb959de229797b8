"""The text of what a news item holds: NITF, XHTML, HTML or plain."""

from onrecord.read.layout import Element, html_to_text, local_name, tree_to_text
from onrecord.read.nitf import nitf_text, nitf_title
from onrecord.read.wrapped import join_wrapped
from onrecord.read.xmlpath import find

_PLAIN = ("", "text", "text/plain")


def content_text(holder: Element, media_type: str | None) -> str:
    """Return the text in `holder`; "" where it holds none, or none that we can read."""
    inner = next((child for child in holder if local_name(child)), None)
    if inner is not None:
        if local_name(inner) == "nitf":
            return nitf_text(inner)
        body = find(inner, "body") if local_name(inner) == "html" else None
        return tree_to_text(holder if body is None else body)
    raw = holder.text or ""
    kind = (media_type or "").partition(";")[0].strip().lower()
    if "html" in kind:
        return html_to_text(raw)
    return join_wrapped(raw).strip() if kind in _PLAIN else ""


def content_title(holder: Element) -> str | None:
    """Return the headline of an NITF item in `holder`, None where there is none."""
    nitf = find(holder, "nitf")
    return None if nitf is None else nitf_title(nitf)
