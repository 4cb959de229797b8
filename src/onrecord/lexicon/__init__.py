"""Load, check and compile the knowledge files."""

from onrecord.lexicon.kit import Kit, load_kit

__all__ = ["Kit", "load_kit"]
