"""/ogc: OGC API - Features, Part 1 core."""
