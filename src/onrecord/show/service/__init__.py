"""The record over HTTP: JSON for programs, and the page that shows it."""
