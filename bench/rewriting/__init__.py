"""Rewritten copies of reports, with labels, and how many of them are found."""
