"""bytes -> Document: one file per kind of input."""
