"""Many reports -> stories, each counted once."""
