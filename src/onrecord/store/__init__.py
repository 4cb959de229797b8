"""The record on disk: Delta Lake tables in one folder, queried by DuckDB.

Import from its modules; nothing is loaded before it is used.
"""
