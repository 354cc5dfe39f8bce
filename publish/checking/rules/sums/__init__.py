"""Numbers that must add up."""
