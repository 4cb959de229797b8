"""The form in which place names are looked up."""

import re
import unicodedata

MAX_CAPITALS = 5  # letters; longer words in capitals are shouted, not abbreviated
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
)
_DROPPED = re.compile("[.'’‘ʻʼʿʾ`´]")
_BLANK = re.compile(r"[\s\-‐‑–/]+")
_SHORT_SAINT = re.compile(r"\b(?:st|ste) ")
_SHORT_MOUNT = re.compile(r"\bmt ")
_SHORT_FORT = re.compile(r"\bft ")


def place_key(name: str) -> str:
    """Return `name` as it is looked up.

    No case, accents, stops or apostrophes; hyphens are blanks; "St." is "saint".

    >>> place_key("St. Marc"), place_key("Port-Au-Prince"), place_key("U.S.")
    ('saint marc', 'port au prince', 'us')
    """
    key = name.casefold()
    if not key.isascii():
        key = key.translate(_LETTERS)
        parts = unicodedata.normalize("NFKD", key)
        key = "".join(c for c in parts if not unicodedata.combining(c))
    key = _BLANK.sub(" ", _DROPPED.sub("", key)).strip()
    if key[:3] in {"st ", "ste", "mt ", "ft "} or " st " in key:
        key = _SHORT_SAINT.sub("saint ", key)
        key = _SHORT_MOUNT.sub("mount ", key)
        key = _SHORT_FORT.sub("fort ", key)
    return key


def is_exact_form(form: str) -> bool:
    """Tell whether `form` counts only as it is written: "US", "N.Y.", "Ore."."""
    return _is_capitals(form) or form.endswith(".")


def matches_form(name: str, form: str) -> bool:
    """Tell whether `name` is written as the exact form asks; stops do not count in
    capitals ("U.S.", "US").
    """
    return _is_capitals(name) if _is_capitals(form) else name == form


def _is_capitals(form: str) -> bool:
    letters = [c for c in form if c.isalpha()]
    return 1 < len(letters) <= MAX_CAPITALS and all(c.isupper() for c in letters)
