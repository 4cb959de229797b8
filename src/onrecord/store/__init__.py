"""The record on disk: the only package that knows Delta Lake and DuckDB."""
