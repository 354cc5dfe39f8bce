"""Rules about a series: its periods, what lies between them, and what of one is in the next."""
