"""Doctests are collected from every module, but the folders' conftest.py share one name: they hold none."""

collect_ignore_glob = ["*/conftest.py", "conftest.py"]
