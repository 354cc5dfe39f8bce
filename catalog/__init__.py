"""The record: what is promised (definitions, town) and what is public (the site's releases)."""
