"""The first element of a file of markup."""

import pytest

from onrecord.read.markup import find_root


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (b"<html>", ("html", False)),
        (b" \r\n<RSS version='2.0'>", ("rss", False)),
        (b"<?xml version='1.0'?><a:Feed>", ("feed", True)),
        (b"<?php x ?><p>", ("p", False)),
        (b"<!-- <rss> --><!-- --><nitf>", ("nitf", False)),
        (b"<!DOCTYPE HTML PUBLIC 'x'><p>", ("html", False)),
        (b"<!DOCTYPE nitf SYSTEM 'x'>\n<nitf>", ("nitf", False)),
        (b"<!DOCTYPE a [<!ENTITY b '>'>]><c>", ("c", False)),
        (b"<?xml version='1.0'?><!-- cut", (None, True)),
        (b"<!DOCTYPE a [ cut", (None, False)),
        (b"<< x", (None, False)),
        (b"They left <b>", (None, False)),
        (b"", (None, False)),
    ],
)
def test_root_is_found(head: bytes, found: tuple[str | None, bool]) -> None:
    assert find_root(head) == found
