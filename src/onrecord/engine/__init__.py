"""Run the pipeline over many reports."""
