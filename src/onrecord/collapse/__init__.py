"""Many reports -> stories, each counted once."""

from onrecord.collapse.choose import Placed
from onrecord.collapse.crew import Crew, start_crew
from onrecord.collapse.exact import story_id_of, story_key
from onrecord.collapse.fingerprint import (
    FINGERPRINT_VERSION,
    Fingerprint,
    fingerprint,
    fingerprints,
)
from onrecord.collapse.happenings import (
    PROFILE_VERSION,
    WEIGHTS,
    Chances,
    Neighbours,
    assemble,
    choose,
    collapse_tellings,
    is_denied,
)
from onrecord.collapse.knowledge import StoryWords, load_story_words
from onrecord.collapse.lexemes import Lexemes
from onrecord.collapse.lines import copy_lines
from onrecord.collapse.profile import make_profiles
from onrecord.collapse.reports import (
    Collapsed,
    Comparer,
    collapse,
    gather,
    membership,
)
from onrecord.collapse.stories import Stories
from onrecord.collapse.told import make_happening

__all__ = [
    "FINGERPRINT_VERSION",
    "PROFILE_VERSION",
    "WEIGHTS",
    "Chances",
    "Collapsed",
    "Comparer",
    "Crew",
    "Fingerprint",
    "Lexemes",
    "Neighbours",
    "Placed",
    "Stories",
    "StoryWords",
    "assemble",
    "choose",
    "collapse",
    "collapse_tellings",
    "copy_lines",
    "fingerprint",
    "fingerprints",
    "gather",
    "is_denied",
    "load_story_words",
    "make_happening",
    "make_profiles",
    "membership",
    "start_crew",
    "story_id_of",
    "story_key",
]
