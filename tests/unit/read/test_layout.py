"""Markup as plain text: paragraphs, lines, nothing that is not read."""

import pytest

from onrecord.read.layout import html_to_text, in_one_line, plain_to_text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>They met.</p>\n<p>They left.</p>", "They met.\n\nThey left."),
        ("They\n  met <b>in</b> <i>Oslo</i>.", "They met in Oslo."),
        ("one<b>two</b>three", "onetwothree"),
        ("first<br>second<br/><br>third", "first\nsecond\n\nthird"),
        ("<ul><li>One came<li>Two left</ul>after", "One came\nTwo left\n\nafter"),
        ("<table><tr><td>a<td>b<tr><td>c</table>", "a\nb\nc"),
        ("<p>Bread &amp; caf&eacute; &#8217;s</p>", "Bread & café ’s"),
        ("5 < 6 and 7 > 3, AT&T", "5 < 6 and 7 > 3, AT&T"),
        ("<q>We left,</q> he said", "“We left,” he said"),
        ("10<sup>6</sup> km<sup>2</sup>", "10 6 km2"),
        ("a<pre>  b\n  c</pre>", "a\n\n  b\n  c"),
        ("<p>a</p><p>&nbsp;</p><p>b</p>", "a\n\nb"),
        ("a&nbsp;b", "a\xa0b"),
        ("<p>left open", "left open"),
        ("", ""),
        ("  \n ", ""),
        ("<!-- only this -->", ""),
    ],
)
def test_text_is_what_a_reader_sees(markup: str, text: str) -> None:
    assert html_to_text(markup) == text


@pytest.mark.parametrize(
    "markup",
    [
        "<script>var a = '<p>x</p>';</script>",
        "<style>p { color: red }</style>",
        "<head><title>x</title></head>",
        "<div style='display: none'>pre<b>view</b></div>",
        "<div STYLE='color:red;DISPLAY:none'>x</div>",
        "<p hidden>x</p>",
        "<figure><img src=a><figcaption>x</figcaption></figure>",
        "<svg><text>x</text></svg>",
        "<select><option>x</option></select>",
        "<iframe>x</iframe>",
    ],
)
def test_what_is_not_read_is_left_out(markup: str) -> None:
    assert html_to_text(f"<p>before</p>{markup}<p>after</p>") == "before\n\nafter"


def test_depth_loses_nothing() -> None:
    assert html_to_text("<div>" * 50_000 + "deep" + "</div>" * 50_000 + "after") == (
        "deep\n\nafter"
    )


def test_an_encoding_named_inside_has_no_say() -> None:
    assert html_to_text("<meta charset=latin1><p>café") == "café"


def test_half_surrogates_pass_as_they_are() -> None:
    assert html_to_text("<p>a\udce9b") == "a\udce9b"


def test_plain_text_keeps_blank_lines_only() -> None:
    assert plain_to_text("\n They\n  met.\n \n\nAll < left. ") == (
        "They met.\n\nAll < left."
    )


@pytest.mark.parametrize(
    ("given", "line"), [(" Talks\n  end ", "Talks end"), (" \n", None)]
)
def test_titles_stand_in_one_line(given: str, line: str | None) -> None:
    assert in_one_line(given) == line
