"""Parsers: one module per kind of value. A parser proves its reading or leaves the text; every change has a reason code.

A module holds `PARSER` (one text to one value) or `SPLITTER` (one text to several fields), found by its file name.
"""
