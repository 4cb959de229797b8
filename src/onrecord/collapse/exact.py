"""Reports with the same words are one story."""

import re
import unicodedata

from onrecord.model.document import Document
from onrecord.model.ids import content_id

# Outlets differ in quotation marks, dashes and line breaks; signs that carry a
# meaning of their own ("+5%", "$100") stay.
WORDS = re.compile(r"[\w$€£¥%+=<>°]+")


def story_id_of(document: Document) -> str:
    """Return the id of a report's story: a hash of the words of its body.

    Neither outlet nor date nor title is part of it.
    """
    return content_id("sto", story_key(document.text[document.body_start :]))


def story_key(body: str) -> str:
    """Return the words of `body` as exact copies share them.

    A body without a single word is its own key.
    """
    words = " ".join(WORDS.findall(_fold(body).replace("_", " ")))
    return words or body.strip()


def _fold(text: str) -> str:
    if text.isascii():
        return text.lower()
    # Folding case can leave letters and accents that compose.
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
