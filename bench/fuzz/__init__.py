"""Fuzzing: bytes for every reader, texts for the whole pipeline, case by case."""
