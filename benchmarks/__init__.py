"""Benchmarks: each module has `main(rows)`; `make bench` runs them all. Figures go into closing notes, never into tests."""
