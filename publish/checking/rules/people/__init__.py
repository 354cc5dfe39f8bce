"""Tables of population."""
