"""Good files of every kind, made of invented news: what the cases are changed from."""

import io
import json
from collections.abc import Mapping
from functools import cache

import pyarrow as pa
import pyarrow.parquet as pq

FIRST = "The council of Northvale said on Tuesday that it will close the bridge."
SECOND = "“We cannot take that risk,” the mayor told reporters. The union rejected it."
TEXT = f"Date: 2022-01-29\nTitle: Talks\n\n{FIRST}\n\n{SECOND}\n"
ROWS = (
    {"id": "w1", "text": FIRST, "date": "2022-01-29", "outlet": "Wire"},
    {"id": "w2", "maintext": f"{SECOND} Київ 😀", "title": None, "pub_date": "3 May"},
)
LINES = "".join(json.dumps(row) + "\n" for row in ROWS)
ARRAY = json.dumps(ROWS, indent=1)
TABLE = (
    "id,date,headline,body\r\n"
    f'w1,2022-01-29,Talks,"{FIRST}\r\n""No,"" he said."\r\n'
    f"w2,2022-01-30,,{SECOND[:9]} 😀\r\n"
)
PAGE = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>Talks</title>
<meta property="article:published_time" content="2022-01-29T10:00:00Z">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Talks",
"datePublished": "2022-01-29", "publisher": {{"name": "Wire"}}}}</script></head><body>
<nav><a href="/">Home</a></nav><article><h1>Talks</h1><p>{FIRST} {FIRST}</p>
<p>{SECOND}</p><table><tr><td>1</td></tr></table></article></body></html>"""
RSS = f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"
xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Wire</title>
<link>http://example.org/</link><language>en-GB</language><item><title>Talks</title>
<link>/1</link><guid>tag:1</guid><description><![CDATA[<p>{FIRST}</p>]]></description>
<pubDate>Sat, 29 Jan 2022 23:30:00 -0500</pubDate></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><entry>
<title>Talks</title><id>u:1</id><updated>2022-01-29T10:00:00Z</updated>
<content type="html">&lt;p&gt;{FIRST}&lt;/p&gt;</content></entry></feed>"""
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Wire",
        "items": [{"id": "1", "content_html": f"<p>{FIRST}"}],
    }
)
G2 = f"""<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>
<newsItem guid="u:1" version="1" xml:lang="en"><itemMeta><provider literal="EW"/>
<versionCreated>2022-01-29T10:00:00Z</versionCreated><pubStatus qcode="stat:usable"/>
</itemMeta><contentMeta><headline>Talks</headline></contentMeta><contentSet><inlineXML>
<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{FIRST}</p></body></html>
</inlineXML></contentSet></newsItem></itemSet></newsMessage>"""
NEWSML1 = f"""<NewsML><NewsItem><Identification><NewsIdentifier><ProviderId>wire.example
</ProviderId><DateId>20220129</DateId><NewsItemId>a1</NewsItemId></NewsIdentifier>
</Identification><NewsComponent><NewsLines><HeadLine>Talks</HeadLine></NewsLines>
<ContentItem><DataContent><p>{FIRST}</p></DataContent></ContentItem></NewsComponent>
</NewsItem></NewsML>"""
NITF = f"""<nitf><head><docdata><doc-id id-string="a1"/><date.issue norm="20220129"/>
</docdata></head><body><body.head><hedline><hl1>Talks</hl1></hedline></body.head>
<body.content><p>{FIRST}</p><p>{SECOND}</p></body.content></body></nitf>"""
MAIL = f"""From: Wire <news@example.org>
Subject: =?utf-8?q?Talks?=
Date: Sat, 29 Jan 2022 23:30:00 -0500
Message-ID: <1@example.org>
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=cut

--cut
Content-Type: text/plain; charset=utf-8; format=flowed
Content-Transfer-Encoding: quoted-printable

{FIRST[:40]}=
{FIRST[40:]}
--cut
Content-Type: text/html; charset=iso-8859-1
Content-Transfer-Encoding: base64

PHA+VGhleSBtZXQuIFRoZSB1bmlvbiByZWplY3RlZCB0aGUgcGxhbi4=
--cut--
"""
MBOX = "".join(f"From a@example.org Sat Jan 29 23:30:0{n} 2022\n{MAIL}\n" for n in "12")


def _warc() -> str:
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{PAGE}"
    return (
        "WARC/1.0\r\nWARC-Type: response\r\n"
        "WARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-123456789012>\r\n"
        "WARC-Date: 2022-01-29T00:00:00Z\r\nWARC-Target-URI: https://e.example/a\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(answer.encode())}\r\n\r\n{answer}\r\n\r\n"
    )


def _parquet() -> bytes:
    table = pa.table(
        {"text": [FIRST, SECOND], "date": ["2022-01-29", None], "id": [1, 2]}
    )
    buffer = io.BytesIO()
    pq.write_table(table, buffer)
    return buffer.getvalue()


@cache
def load_seeds() -> Mapping[str, tuple[tuple[str, bytes], ...]]:
    """Return the good files of each kind: an ending, and the bytes."""
    texts = {
        "text": (("txt", TEXT),),
        "jsonl": (("jsonl", LINES),),
        "json": (("json", ARRAY),),
        "table": (("csv", TABLE), ("tsv", TABLE.replace(",", "\t"))),
        "html": (("html", PAGE),),
        "feed": (("rss", RSS), ("atom", ATOM), ("json", JSON_FEED)),
        "warc": (("warc", _warc()),),
        "newsml": (("newsml", G2), ("xml", NEWSML1)),
        "nitf": (("nitf", NITF),),
        "eml": (("eml", MAIL),),
        "mbox": (("mbox", MBOX),),
    }
    files = {
        kind: tuple((ending, text.encode()) for ending, text in made)
        for kind, made in texts.items()
    }
    return {**files, "parquet": (("parquet", _parquet()),)}
