"""Load, check and compile the knowledge files; `kit.load_kit` loads them all."""
