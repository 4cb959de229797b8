"""Links of feeds."""

import datetime as dt

import pytest

from onrecord.read.follow import Link, find_links

BASE = "https://news.example/feeds/all"
ATOM = b"""\xef\xbb\xbf<feed xmlns="http://www.w3.org/2005/Atom"><title>Herald</title>
<entry><title type="html">A &lt;b&gt;deal&lt;/b&gt;</title><id>1</id>
<link rel="alternate" href="../a#top"/><updated>2022-01-10T08:00:00Z</updated></entry>
<entry><title>No link</title><id>2</id></entry>
<entry><title>Odd</title><id>3</id><link href="javascript:alert(1)"/></entry>
<entry><title>Mail</title><id>4</id><link href="mailto:desk@news.example"/></entry>
<entry><title>Broken</title><id>5</id><link href="http://[::1"/></entry>
</feed>"""
JSON = b"""{"version": "https://jsonfeed.org/version/1.1", "title": "Herald", "items": [
 7,
 {"id": "1", "url": "https://news.example/a", "title": "A deal",
  "date_published": "2022-01-10T08:00:00Z"},
 {"id": "2", "title": "No link"}]}"""


@pytest.mark.parametrize(
    ("raw", "position"), [(ATOM, "entry 1"), (JSON, "entry 2")], ids=["atom", "json"]
)
def test_links_stand_at_the_position_of_their_entry(raw, position):
    link = Link(
        url="https://news.example/a",
        title="A deal",
        date=dt.date(2022, 1, 10),
        outlet="Herald",
    )
    assert find_links(raw, base=BASE) == {position: link}
