"""Codes of municipalities."""
