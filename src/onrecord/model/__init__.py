"""Frozen records of everything the program knows about a report."""
