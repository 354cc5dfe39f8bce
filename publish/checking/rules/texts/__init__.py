"""Texts: what stands in a cell that no reader can use, and readings in the wrong script."""
