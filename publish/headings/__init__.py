"""Headings: which column of a source is which field; matching, certainty and the proposal of a recipe."""
