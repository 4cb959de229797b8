"""Bytes -> Document: one file per kind of input."""

from onrecord.read.reports import read_reports

__all__ = ["read_reports"]
