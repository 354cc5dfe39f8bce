"""Identifiers of rows."""
