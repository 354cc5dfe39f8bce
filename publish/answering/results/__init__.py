"""Results given back as files: what they are called, what they say of themselves, how they are put in their place."""
