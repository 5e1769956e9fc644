"""Benchmarks: ratios against bare DuckDB in the same run, never seconds that a test would hold."""
