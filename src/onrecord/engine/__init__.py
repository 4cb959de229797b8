"""Run the pipeline over many reports: here, or in several processes.

Import from its modules; worker processes must start without loading anything heavy.
"""
