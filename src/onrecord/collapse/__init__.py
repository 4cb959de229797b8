"""Many reports -> stories, each counted once."""

from onrecord.collapse.exact import Member, gather, story_id_of, story_key

__all__ = ["Member", "gather", "story_id_of", "story_key"]
