"""Benchmarks: each number beside a limit measured in the same run. They never fail a test run."""
