"""Many reports -> stories, each counted once."""

from onrecord.collapse.choose import Placed
from onrecord.collapse.crew import Crew, start_crew
from onrecord.collapse.exact import story_id_of, story_key
from onrecord.collapse.fingerprint import (
    FINGERPRINT_VERSION,
    Fingerprint,
    fingerprint,
)
from onrecord.collapse.knowledge import StoryWords, load_story_words
from onrecord.collapse.lexemes import Lexemes
from onrecord.collapse.lines import copy_lines
from onrecord.collapse.reports import (
    Collapsed,
    Comparer,
    collapse,
    gather,
    membership,
)
from onrecord.collapse.stories import Stories

__all__ = [
    "FINGERPRINT_VERSION",
    "Collapsed",
    "Comparer",
    "Crew",
    "Fingerprint",
    "Lexemes",
    "Placed",
    "Stories",
    "StoryWords",
    "collapse",
    "copy_lines",
    "fingerprint",
    "gather",
    "load_story_words",
    "membership",
    "start_crew",
    "story_id_of",
    "story_key",
]
