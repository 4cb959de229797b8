import pytest

from onrecord.understand.quotations import find_quotations


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('He said: "We left." Then he went.', ["We left."]),
        ("“We left,” he said. “All of us.”", ["We left,", "All of us."]),
        ("“A long one.\n“It goes on,” he said.", ["A long one.", "It goes on,"]),
        ("The army's men, the navy's ships.", []),
        ('a 6" gun and a 9" gun', []),
        ("“”", []),
        ("", []),
    ],
    ids=["straight", "curly", "paragraphs", "apostrophes", "inches", "empty", "none"],
)
def test_quotations(text, quoted):
    assert [q.of(text) for q in find_quotations(text).spans] == quoted
