"""Reading: from a file as an office hands it in to a RawTable, text as found. Sources are opened read-only."""
