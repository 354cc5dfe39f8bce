"""Columns that are missing or empty, and what the table says about itself."""
