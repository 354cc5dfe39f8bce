"""Rules beyond the schema, one module each, found by folder."""
