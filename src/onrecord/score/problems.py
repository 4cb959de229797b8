"""Gather what is wrong with gold or given lines, so that all of it is said at once."""

import msgspec

from onrecord.errors import InputError

SHOWN = 50


class Problems(msgspec.Struct, frozen=True):
    """A place in a file, and the list that all places of all files share."""

    place: str
    found: list[str]

    def at(self, place: str) -> "Problems":
        """Return a place inside this one."""
        return Problems(f"{self.place}: {place}", self.found)

    def say(self, what: str) -> None:
        """Note that something is wrong here."""
        self.found.append(f"{self.place}: {what}")


def no_problems(place: str) -> Problems:
    """Return a place with a list of its own."""
    return Problems(place, [])


def raise_problems(found: list[str]) -> None:
    """Raise `InputError` with all problems, one a line; do nothing without any."""
    if not found:
        return
    lines = found[:SHOWN]
    if len(found) > SHOWN:
        lines.append(f"and {len(found) - SHOWN:,} more")
    raise InputError("\n".join(lines))
