"""Join the lines that plain text was cut into to fit a width.

Such a line end stands for a space. It is told by the width: the next word would not
have fitted. Where most lines had room for it, as in a list, or where the text is wider
than mail is, line ends are its own.
"""

import itertools
import re
from collections.abc import Iterator

MIN_WIDTH = 50
MAX_WIDTH = 100
MIN_SHARE = 0.5  # of the lines with another below; fewer full ones are chance
_ADDRESS = "://"
# What begins a line of its own: white space, a bullet, a number, a quoted line.
_OWN_LINE = re.compile(r"\s|[-*•·–—>|#=_]|\(?\d{1,3}[.)]\s")


def join_wrapped(text: str) -> str:
    """Return `text` with the line ends of wrapping as spaces; it keeps its length.

    Line ends are "\\n".
    """
    lines = text.split("\n")
    # An address is never cut, so it tells nothing of the width.
    width = max(
        (len(line) for line, _ in _pairs(lines) if _ADDRESS not in line), default=0
    )
    if not MIN_WIDTH <= width <= MAX_WIDTH:
        return text
    full = [_is_full(above, line, width) for above, line in _pairs(lines)]
    if sum(full) < MIN_SHARE * len(full):
        return text
    parts = [lines[0]]
    for above, line in itertools.pairwise(lines):
        wrapped = _go_together(above, line) and _is_full(above, line, width)
        parts += (" " if wrapped else "\n", line)
    return "".join(parts)


def join_flowed(text: str, *, delete_space: bool = False) -> str:
    """Return the text of a `format=flowed` mail (RFC 3676) with its lines joined.

    `delete_space`: the space that marks a joined line is no part of the text.
    """
    done: list[str] = []
    open_depth: str | None = None  # quote marks of a line that goes on
    for raw in text.split("\n"):
        marks = raw[: len(raw) - len(raw.lstrip(">"))]
        line = raw[len(marks) :].removeprefix(" ")  # stuffed
        goes_on = line.endswith(" ") and line != "-- "
        if open_depth == marks and line != "-- ":
            done[-1] += line
        else:
            done.append(f"{marks} {line}" if marks else line)
        open_depth = marks if goes_on else None
        if goes_on and delete_space:
            done[-1] = done[-1][:-1]
    return "\n".join(done)


def _pairs(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Yield each line and the one below it, where they may be one paragraph."""
    return (pair for pair in itertools.pairwise(lines) if _go_together(*pair))


def _go_together(above: str, line: str) -> bool:
    if not above.strip() or not line.strip() or _OWN_LINE.match(line):
        return False
    return not any(_ADDRESS in one and " " not in one.strip() for one in (above, line))


def _is_full(above: str, line: str, width: int) -> bool:
    return len(above.rstrip()) + 1 + len(line.split(maxsplit=1)[0]) > width
