"""Look a page over before it is parsed: what would take a parser hours is refused.

Parsers compare each attribute of an element with all others, and the extraction
compares elements, so that time grows with the square of their number.
"""

import re

from onrecord.read.limits import Limits, beyond
from onrecord.read.origin import quoted

SMALL = 100_000  # characters; a page of this size cannot hold enough to do harm

_ATTRIBUTE = r"""
    [\s/]*+ [^\s/>] [^\s/>=]*+
    (?: \s*+ = \s*+ (?: "[^"]*+" | '[^']*+' | [^\s>]*+ ) )?+
"""
# Read as HTML5 says, each part once, so that the time is that of one pass.
_TOKEN = re.compile(
    rf"""
    <!-- (?: -?> | .*? (?: --!?> | \Z ) )
  | < [!?] [^>]*+
  | < (?P<raw> script|style|textarea|title|iframe|noembed|noframes|xmp ) (?= [\s/>] )
      (?P<rawtag> (?: {_ATTRIBUTE} )*+ ) [\s/]*+ > .*? (?: </ (?P=raw) | \Z )
  | </ [a-z] [^\s/>]*+ (?: {_ATTRIBUTE} )*+
  | < (?P<name> [a-z] [^\s/>]*+ ) (?P<tag> (?: {_ATTRIBUTE} )*+ )
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_ONE_ATTRIBUTE = re.compile(_ATTRIBUTE, re.VERBOSE)


def check_markup(html: str, limits: Limits) -> None:
    """Raise `ValueError` with a reason for a page that is made to stop its reader."""
    if len(html) <= SMALL:
        return
    elements = 0
    for token in _TOKEN.finditer(html):
        name = token["name"] or token["raw"]
        if name is None:
            continue
        elements += 1
        if elements > limits.page_elements:
            found = f"the page has more than {limits.page_elements:,} elements"
            raise ValueError(beyond(limits, "page_elements", found))
        attributes = token["tag"] or token["rawtag"] or ""
        if len(attributes) > 2 * limits.page_attributes:
            count = sum(1 for _ in _ONE_ATTRIBUTE.finditer(attributes))
            if count > limits.page_attributes:
                found = f"an element {quoted(name)} has {count:,} attributes"
                raise ValueError(beyond(limits, "page_attributes", found))
