"""Mail: one message a report, alone or in a mailbox."""

import base64
import datetime as dt
import io

import msgspec
import pytest

from onrecord.model.document import DateBasis, Document, Rejected
from onrecord.read.limits import DEFAULT_LIMITS
from onrecord.read.mail import read_eml, read_mbox
from onrecord.read.origin import Origin

HEAD = """From: The Example <news@example.org>
Subject: Talks =?utf-8?q?=E2=80=93?= the end
Date: Sat, 29 Jan 2022 23:30:00 -0500 (EST)
Message-ID: <a.b@example.org>
Archived-At: <https://example.org/list/7>
"""
FROM = "From news@example.org Sat Jan 29 23:30:00 2022\n"
HTML = "<h1>Talks</h1><p>They met in Oslo on Friday, all of them.</p>"


def read(mail: str | bytes, file: str = "in/a.eml") -> Document | Rejected:
    raw = mail if isinstance(mail, bytes) else mail.encode()
    (found,) = read_eml(io.BytesIO(raw), Origin(file, file[3:-4]))
    return found


def read_text(mail: str | bytes) -> str:
    report = read(mail)
    assert isinstance(report, Document), report
    return report.text


def refuse(mail: str | bytes) -> str:
    refused = read(mail)
    assert isinstance(refused, Rejected), refused
    return refused.reason


def read_box(box: str | bytes, **limits: int) -> list[Document | Rejected]:
    raw = box if isinstance(box, bytes) else box.encode()
    changed = msgspec.structs.replace(DEFAULT_LIMITS, **limits)
    return list(read_mbox(io.BytesIO(raw), Origin("in/box.mbox", "box"), changed))


def parts(kind: str, *bodies: tuple[str, str]) -> str:
    """Return a mail of parts, each with its headers and its body."""
    return (
        f"{HEAD}MIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary=cut\n\n"
        + "".join(f"--cut\n{head}\n\n{body}\n" for head, body in bodies)
        + "--cut--\n"
    )


PLAIN, RICH = "Content-Type: text/plain", "Content-Type: text/html"


def test_a_mail_becomes_a_report() -> None:
    report = read(f"{HEAD}\nThey met.\r\n\r\nAll left.\n")
    assert isinstance(report, Document)
    assert report.text == "They met.\n\nAll left."
    assert report.title == "Talks – the end"
    assert (report.date, report.date_basis) == (dt.date(2022, 1, 29), DateBasis.GIVEN)
    assert (report.outlet, report.source_id) == ("The Example", "a.b@example.org")
    assert report.url == "https://example.org/list/7"
    assert (report.file, report.position) == ("in/a.eml", None)
    assert report.extractor is None


@pytest.mark.parametrize("date", ["soon", "29/01/2022"])
def test_dates_that_cannot_be_read_are_not_known(date: str) -> None:
    report = read(f"Subject: a\nDate: {date}\n\nThey met.\n")
    assert isinstance(report, Document)
    assert (report.date, report.date_basis) == (None, DateBasis.UNKNOWN)


def test_plain_text_is_taken_where_there_is_some() -> None:
    plain = "They met in Oslo on Friday."
    mail = parts("alternative", (PLAIN, plain), (RICH, HTML))
    assert read_text(mail) == plain


def test_html_is_taken_where_plain_text_is_a_stub() -> None:
    stub = "See it at https://example.org/7\nand https://example.org/8"
    report = read(parts("alternative", (PLAIN, stub), (RICH, HTML)))
    assert isinstance(report, Document)
    assert report.text == "Talks\n\nThey met in Oslo on Friday, all of them."
    assert str(report.extractor).startswith("lxml ")


def test_html_named_plain_is_html() -> None:
    assert read_text(f"{HEAD}\n<!DOCTYPE html><p>They met.</p>") == "They met."


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("text/plain; charset=utf-8", "café".encode()),
        ("text/plain; charset=iso-8859-1", "café".encode("cp1252")),
        ("text/plain; charset=iso-8859-1", "café".encode()),
        ("text/plain", "café".encode()),
        (
            "text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable",
            b"ca=\nf=C3=A9",
        ),
        (
            "text/plain; charset=utf-8\nContent-Transfer-Encoding: base64",
            base64.b64encode("café".encode()),
        ),
        ("text/html; charset=utf-16", "<p>café".encode("utf-16")),
        ("text/html", '<meta charset="windows-1252"><p>café'.encode("cp1252")),
        ("text/html; charset=us-ascii", b"caf&eacute;"),
    ],
)
def test_encodings(head: str, body: bytes) -> None:
    mail = f"{HEAD}MIME-Version: 1.0\nContent-Type: {head}\n\n".encode() + body
    assert read_text(mail) == "café"


def test_bytes_of_no_encoding_cost_the_mail() -> None:
    mail = f"{HEAD}Content-Type: text/plain; charset=utf-8\n\ncaf".encode() + b"\xe9"
    assert refuse(mail).startswith("byte 0xE9 at character 3 of the text is not UTF-8")


def test_broken_base64_costs_the_mail() -> None:
    mail = f"{HEAD}Content-Transfer-Encoding: base64\n\nVGhleQabc\n"
    assert refuse(mail) == "the mail's base64 is broken; save the mail again"


def test_flowed_and_wrapped_lines_are_joined() -> None:
    flowed = "Content-Type: text/plain; format=flowed"
    assert read_text(f"{HEAD}{flowed}\n\nThey met \nin Oslo.\n") == "They met in Oslo."
    wrapped = "The ministers of both states met on Monday in the town hall to\ntalk.\n"
    assert read_text(f"{HEAD}\n{wrapped}") == wrapped.replace("\n", " ").strip()


def test_what_stands_in_the_text_stays() -> None:
    text = "They met.\n\n> No, they did not.\n\n-- \nJ. Doe\nUnsubscribe: a@example.org"
    assert read_text(f"{HEAD}\n{text}\n") == text


def test_parts_shown_one_after_another_are_one_text() -> None:
    mail = parts("mixed", (PLAIN, "They met."), (RICH, "<p>All left.</p>"))
    assert read_text(mail) == "They met.\n\nAll left."


@pytest.mark.parametrize(
    "attached",
    [
        f"{PLAIN}\nContent-Disposition: attachment; filename=a.txt",
        f"{PLAIN}; name=a.txt",
        "Content-Type: image/png",
        "Content-Type: message/rfc822",
        "Content-Type: text/calendar",
    ],
)
def test_attachments_are_passed_over(attached: str) -> None:
    mail = parts("mixed", (PLAIN, "They met."), (attached, "Subject: b\n\nNot this."))
    assert read_text(mail) == "They met."


def test_of_related_parts_the_first_is_read() -> None:
    mail = parts("related", (RICH, "<p>They met.</p>"), (RICH, "<p>a frame</p>"))
    assert read_text(mail) == "They met."


@pytest.mark.parametrize(
    ("mail", "reason"),
    [
        (
            f"{HEAD}Content-Type: application/ms-tnef\n\neJ8+",
            "the mail's text is packed",
        ),
        (
            f"{HEAD}Content-Type: application/pkcs7-mime\n\nAAAA",
            "the mail is encrypted",
        ),
        (parts("encrypted", (PLAIN, "x")), "the mail is encrypted"),
        (f"{HEAD}\n", "the mail has no text, only attachments or nothing at all"),
        (f"{HEAD}Content-Type: image/png\n\nAAAA", "the mail has no text, only"),
        ("They met in Oslo.", "it has no header; a mail begins with lines such as"),
        ("", "it has no header; a mail begins with lines such as"),
    ],
)
def test_mails_without_text_say_why(mail: str, reason: str) -> None:
    assert refuse(mail).startswith(reason)


def test_parts_deep_in_one_another_are_refused() -> None:
    depth = "".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(2000)
    )
    assert refuse(f"{HEAD}{depth}\n\nx").startswith("the mail's parts lie too deep")
    mails = "Content-Type: message/rfc822\n\n" * 2000
    assert refuse(f"{HEAD}{mails}\n\nx").startswith("the mail's parts lie too deep")


def test_parts_that_would_take_long_are_refused() -> None:
    head = "".join(f"boundary={n}\n" for n in range(100))
    assert refuse(f"{HEAD}\n{head}" + "\n" * 250_000) == (
        "the mail has 100 nested parts; it is no report"
    )


@pytest.mark.parametrize(
    ("mail", "reason"),
    [
        ("X: y\n" * 200_001, "the mail's header has more than 1,000,000 bytes"),
        (
            "Content-Type: text/plain;\n" + " a=b;\n" * 2000 + "\nx",
            "the mail has a Content-Type of more than 10,000 characters",
        ),
        (
            "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n\nx\n" * 10_002,
            "the mail has more than 10,000 parts; it is no report",
        ),
        (
            f"{HEAD}{RICH}\n\n" + "<b>" * 1_000_001,
            "the mail has more than 1,000,000 tags; cut it up",
        ),
    ],
    ids=["headers", "parameters", "parts", "tags"],
)
def test_what_the_parser_would_be_slow_over_is_refused(mail: str, reason: str) -> None:
    assert refuse(mail) == reason


def test_a_mail_beyond_the_limit_is_refused() -> None:
    limits = msgspec.structs.replace(DEFAULT_LIMITS, mail_bytes=10)
    (refused,) = read_eml(io.BytesIO(HEAD.encode()), Origin("a", "a"), limits)
    assert isinstance(refused, Rejected)
    assert refused.reason == (
        "the mail has more than 10 bytes, the limit is 10; raise it with --limit "
        "mail-bytes=20"
    )


def test_each_message_of_a_mailbox_is_a_report() -> None:
    box = f"{FROM}{HEAD}\nThey met.\n\n{FROM}Subject: b\n\nAll left.\n"
    first, second = read_box(box)
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.source_id, first.position) == ("a.b@example.org", "message 1")
    assert (second.text, second.source_id) == ("All left.", "box#2")
    assert second.position == "message 2"


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (">From here on", "From here on"),
        (">>From here on", ">From here on"),
        ("From here on", "From here on"),
        ("> From here on", "> From here on"),
    ],
)
def test_lines_that_begin_as_messages_do(line: str, text: str) -> None:
    (report,) = read_box(f"{FROM}Subject: a\n\nThey left.\n\n{line}\n")
    assert isinstance(report, Document)
    assert report.text == f"They left.\n\n{text}"


def test_a_broken_message_costs_that_message() -> None:
    box = f"{FROM}no header\n\n{FROM}Subject: b\n\nAll left.\n"
    refused, report = read_box(box)
    assert isinstance(refused, Rejected)
    assert (refused.position, refused.source_id) == ("message 1", "box#1")
    assert isinstance(report, Document)


def test_a_message_beyond_the_limit_costs_that_message() -> None:
    box = f"{FROM}Subject: a\n\n{'long ' * 500_000}\n\n{FROM}Subject: b\n\nAll left.\n"
    refused, report = read_box(box, mail_bytes=1000)
    assert isinstance(refused, Rejected)
    assert refused.reason.startswith("the mail has more than 1,000 bytes, the limit is")
    assert refused.position == "message 1"
    assert isinstance(report, Document)


def test_messages_are_given_out_as_they_come() -> None:
    class Stream(io.BytesIO):
        lines = 0

        def readline(self, size: int | None = -1, /) -> bytes:
            self.lines += 1
            return super().readline(size)

    stream = Stream(f"{FROM}Subject: b\n\nAll left.\n\n".encode() * 1000)
    next(read_mbox(stream, Origin("a", "a")))
    assert stream.lines < 10


def test_a_mailbox_without_messages_is_refused() -> None:
    (refused,) = read_box("They met.\n")
    assert isinstance(refused, Rejected)
    assert refused.reason.startswith("no message in it")


def test_ids_that_cannot_be_stored_are_shown_escaped() -> None:
    refused = read(b"Message-ID: <a\xe9>\n\n")
    assert isinstance(refused, Rejected)
    assert refused.source_id == "a\\udce9"
