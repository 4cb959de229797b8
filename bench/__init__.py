"""Benchmarks: speed, memory, faults and quality."""
