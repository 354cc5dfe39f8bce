"""Figures: counts and measures."""
