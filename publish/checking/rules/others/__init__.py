"""Values that lead to other tables of the town."""
