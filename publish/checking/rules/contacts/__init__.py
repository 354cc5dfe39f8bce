"""Telephone numbers, web and mail addresses: whether anybody can be reached by them."""
