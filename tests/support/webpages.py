"""Web pages of the shapes that news sites have, made of invented news."""

import io

from onrecord.model.document import Document, Rejected
from onrecord.read.html import read_html
from onrecord.read.limits import DEFAULT_LIMITS, Limits
from onrecord.read.origin import Origin

ORIGIN = Origin("in/bridge.html", "bridge")

PARAGRAPHS = (
    """NORTHVALE — The council of Northvale said on Tuesday that it will close the old \
harbour bridge for a month, after engineers found cracks in two of its pillars.""",
    """“We cannot take that risk,” the head of the council’s works office told \
reporters outside the town hall. He did not say who would pay for the repair.""",
    """The port union rejected the plan and called for a strike on Friday. Its members \
blocked the road to the terminal for three hours, police said.""",
    """The government of Estmark, which shares the crossing, has not yet answered a \
request for talks. Its transport ministry denied that it had been warned in May.""",
    "About 4,000 people cross the bridge each day, most of them on their way to work.",
)
TITLE = "Northvale to close harbour bridge for a month"
HARBOUR_BODY = "\n".join(f"<p>{text}</p>" for text in PARAGRAPHS)

_HEAD_JSON = """<script type="application/ld+json">
{"@context": "https://schema.org", "@graph": [
 {"@type": "WebSite", "name": "The Vale Courier", "url": "https://courier.example/"},
 {"@type": "NewsArticle", "headline": "Northvale to close harbour bridge for a month",
  "datePublished": "2021-03-09T21:40:00-05:00", "dateModified": "2021-04-02T08:00:00Z",
  "mainEntityOfPage": {"@id": "https://courier.example/news/bridge-closes"},
  "publisher": {"@type": "Organization", "name": "The Vale Courier"}}
]}</script>"""

_NAVIGATION = """<header><a href="/">The Vale Courier</a>
<nav><ul><li><a href="/news">News</a></li><li><a href="/sport">Sport</a></li>
<li><a href="/weather">Weather</a></li><li><a href="/login">Log in</a></li></ul></nav>
</header>
<div id="cookie-banner" class="cookie-consent" role="dialog"><p>We use cookies to give
you the best experience on our site. By clicking accept you agree to our use of
cookies and to our privacy policy.</p><button>Accept all</button></div>"""

_AROUND = """<aside class="related"><h3>Related stories</h3><ul>
<li><a href="/a">Ferry fares to rise in spring</a> <time datetime="2020-12-24">24
December 2020</time></li>
<li><a href="/b">Mayor opens new market hall</a></li></ul></aside>
<div class="advertisement"><p>Advertisement: Buy two lamps and pay for one, only this
week at Lamp World, the home of lamps.</p></div>
<section id="comments" class="comments"><h3>Comments (2)</h3>
<div class="comment"><p>I have used that bridge for thirty years and nobody ever asked
me what I think about it, which is typical of this council.</p></div>
<div class="comment"><p>They attacked our union for no reason at all, shame on
them and on the paper that prints it.</p></div></section>
<footer><p>Copyright © 2019 The Vale Courier. All rights reserved.</p>
<ul><li><a href="/terms">Terms</a></li><li><a href="/contact">Contact us</a></li></ul>
</footer>
<script>window.track("Secret words of a script that nobody should read");</script>
<style>.x { content: "Words of a style sheet"; }</style>"""


def read_one(
    html: str | bytes, *, limits: Limits = DEFAULT_LIMITS, origin: Origin = ORIGIN
) -> Document | Rejected:
    """Return what the reader makes of one page."""
    raw = html.encode() if isinstance(html, str) else html
    (report,) = read_html(io.BytesIO(raw), origin, limits)
    return report


def page(body: str, *, head: str = "", lang: str = ' lang="en"') -> str:
    """Return a whole page; `head` stands beside the title, `body` in the body."""
    return (
        f'<!DOCTYPE html>\n<html{lang}><head><meta charset="utf-8">'
        f"<title>{TITLE} | The Vale Courier</title>{head}</head>\n"
        f"<body>\n{body}\n</body></html>"
    )


def article_page() -> str:
    """Return a news article with all that stands around one."""
    head = """<link rel="canonical" href="https://courier.example/news/bridge-closes">
<meta property="og:site_name" content="The Vale Courier">
<meta property="og:type" content="article">
<meta property="article:published_time" content="2021-03-09T21:40:00-05:00">
<meta property="article:modified_time" content="2021-04-02T08:00:00Z">"""
    figure = """<figure><img src="bridge.jpg" alt="The bridge at dawn">
<figcaption>The harbour bridge on Tuesday. Photo: V. Courier</figcaption></figure>"""
    return page(
        f"{_NAVIGATION}<main><article><h1>{TITLE}</h1>"
        '<p class="byline">By Our Reporter</p>'
        f'<time datetime="2021-03-09">9 March 2021</time>{figure}'
        f"<div class='article-body'>{HARBOUR_BODY}</div>"
        '<div class="share"><a href="#">Share</a> <a href="#">Tweet</a></div>'
        f"</article></main>{_AROUND}",
        head=head,
    )


def json_ld_page() -> str:
    """Return an article whose facts stand in JSON-LD only."""
    body = f"{_NAVIGATION}<div class='story'><h1>{TITLE}</h1>{HARBOUR_BODY}</div>"
    return page(body + _AROUND, head=_HEAD_JSON)


def microdata_page() -> str:
    """Return an article marked up with schema.org microdata."""
    return page(
        f"""{_NAVIGATION}<div itemscope itemtype="https://schema.org/NewsArticle">
<h1 itemprop="headline">{TITLE}</h1>
<span itemprop="publisher" itemscope itemtype="https://schema.org/Organization">
<meta itemprop="name" content="The Vale Courier"></span>
<meta itemprop="dateModified" content="2021-04-02">
<span>Published:
<span itemprop="datePublished" content="2021-03-09">9 March</span></span>
<div itemprop="articleBody">{HARBOUR_BODY}</div></div>{_AROUND}"""
    )


def undated_page() -> str:
    """Return an article without a date; dates of other things stand around it."""
    return page(
        f"{_NAVIGATION}<article><h1>{TITLE}</h1>{HARBOUR_BODY}</article>{_AROUND}"
    )


def live_page() -> str:
    """Return a live blog: dated posts, the newest first."""
    posts = "".join(
        f"""<div class="live-post"><time datetime="2021-03-09T{18 - number}:05:00Z">
{18 - number}:05</time><h2>Post {number}</h2><p>{text}</p></div>"""
        for number, text in enumerate(PARAGRAPHS, 1)
    )
    head = """<script type="application/ld+json">{"@type": "LiveBlogPosting",
"headline": "Bridge: as it happened", "datePublished": "2021-03-09T08:00:00Z",
"coverageEndTime": "2021-03-10T08:00:00Z"}</script>"""
    return page(
        f"{_NAVIGATION}<main><h1>Bridge: as it happened</h1>{posts}</main>{_AROUND}",
        head=head,
    )


def index_page() -> str:
    """Return a front page: headlines and first lines that lead elsewhere."""
    teasers = "".join(
        f"""<article class="teaser"><h2><a href="/news/{number}">Story number {number}
about the harbour and its bridge</a></h2><p><a href="/news/{number}">The council said
that story {number} would go on …</a></p></article>"""
        for number in range(1, 21)
    )
    return page(f"{_NAVIGATION}<main><h1>Latest news</h1>{teasers}</main>{_AROUND}")


def missing_page() -> str:
    """Return a page that says that there is none."""
    return page(
        f"{_NAVIGATION}<main><h1>Page not found</h1><p>Sorry, the page you are looking "
        "for does not exist or has been moved. Try the search or go back to the front "
        "page.</p></main>"
    )


def paywall_page() -> str:
    """Return the beginning of an article and an offer to buy the rest."""
    head = """<script type="application/ld+json">{"@type": "NewsArticle",
"headline": "Northvale to close harbour bridge for a month",
"isAccessibleForFree": "False", "datePublished": "2021-03-09"}</script>"""
    return page(
        f"{_NAVIGATION}<article><h1>{TITLE}</h1><p>{PARAGRAPHS[0]}</p>"
        "<div class='offer'><p>Subscribe to continue reading. Already a subscriber? "
        "Log in.</p></div></article>",
        head=head,
    )
