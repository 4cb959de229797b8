"""Exports: what other programs' formats make of our records."""
