"""Report -> layers beside an untouched text: one file per layer."""
