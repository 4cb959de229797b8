"""Words of reports as HTML, and a page that holds all it shows.

Every text passes `text`; nothing of a report becomes markup. The page has no script
and asks for nothing: its policy forbids both.
"""

import base64
import hashlib
from collections.abc import Collection, Iterable, Iterator
from html import escape

from onrecord.show.views.cite import Cite
from onrecord.show.views.cite_markdown import web_address
from onrecord.show.views.cite_text import called_up, marked_segments, published
from onrecord.show.visible import one_line

STYLE = """
:root{color-scheme:light dark;--ink:#1b1b1b;--quiet:#5c5c5c;--paper:#fff;--line:#d9d9d9;
--mark:#fff1b8;--link:#0b57a4}
@media (prefers-color-scheme:dark){:root{--ink:#e6e6e6;--quiet:#a3a3a3;--paper:#161616;
--line:#3a3a3a;--mark:#5a4a00;--link:#8ab8f0}}
body{margin:0 auto;padding:2rem 1.25rem 4rem;max-width:46rem;background:var(--paper);
color:var(--ink);font:1rem/1.5 Georgia,"Times New Roman",serif}
h1{font-size:1.6rem;line-height:1.2;margin:0 0 .25rem}
h2{font-size:1.15rem;margin:2.25rem 0 .75rem;border-bottom:1px solid var(--line);
padding-bottom:.25rem}
h1,h2,table,.head,.rests,.more{font-family:system-ui,"Segoe UI",sans-serif}
table{border-collapse:collapse;margin:1rem 0;font-size:.95rem}
td,th{padding:.15rem .75rem .15rem 0;text-align:left;font-weight:400;vertical-align:top}
td.n{text-align:right;font-variant-numeric:tabular-nums}
tr.all td{font-weight:600}
ol{padding-left:1.75rem;margin:0}
li{margin:0 0 1.1rem}
.head{margin:0;font-size:.95rem}
.head b{font-weight:600}
blockquote{margin:.2rem 0}
.rests,.more{margin:.1rem 0;font-size:.82rem;color:var(--quiet)}
.other{margin:.4rem 0 0 1rem;padding-left:.75rem;border-left:2px solid var(--line)}
mark{background:var(--mark);color:inherit;padding:0 .1em;border-radius:2px}
u{text-decoration-thickness:1px;text-underline-offset:3px}
u.ahead{text-decoration-style:dashed}
a{color:var(--link)}
ins{text-decoration:none;background:var(--mark)}
del{color:var(--quiet)}
.sides{display:grid;grid-template-columns:1fr 1fr;gap:0 1.5rem}
@media (max-width:34rem){.sides{grid-template-columns:1fr}}
@media print{body{max-width:none;padding:0;font-size:10.5pt}
li,.other{break-inside:avoid}h2{break-after:avoid}a{color:inherit;text-decoration:none}}
""".strip()
NAMED = frozenset(
    {"actor", "recipient", "by", "quantity", "when", "where", "condition"}
)


def page(title: str, body: Iterable[str]) -> Iterator[str]:
    """Yield the lines of a whole page."""
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none';"
        " form-action 'none'"
    )
    yield "<!doctype html>"
    yield '<html lang="en">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer">'
    yield f"<title>{text(title)}</title>"
    yield f"<style>{STYLE}</style>"
    yield "</head>"
    yield "<body>"
    yield from body
    yield "</body>"
    yield "</html>"


def text(value: str) -> str:
    """Return text on one line in which no sign is markup."""
    return escape(one_line(value), quote=True)


def quotation(cite: Cite, labels: Collection[str] = ()) -> str:
    """Return the sentence, the words under `labels` marked, other cells underlined.

    Without labels these are the words that call up the event or the statement. What
    the words stand for is the title of each.
    """
    labels = labels or called_up(cite)
    inner = "".join(
        _segment(segment.text, cells, labels)
        for segment, cells in marked_segments(cite)
    )
    return f"<blockquote>“{inner}”</blockquote>"


def published_link(cite: Cite) -> str:
    """Return who published it and when, linked to the report if it has an address."""
    address = web_address(cite.url)
    name = text(published(cite))
    if address is None:
        return name
    return f'<a href="{escape(address)}" rel="noopener noreferrer">{name}</a>'


def _segment(words: str, cells: tuple[str, ...], labels: Collection[str]) -> str:
    shown = text(words)
    title = text(", ".join(cells))
    if any(cell in labels for cell in cells):
        return f'<mark title="{title}">{shown}</mark>'
    if any(cell in NAMED for cell in cells):
        return f'<u title="{title}">{shown}</u>'
    return shown
