"""Writers of geo formats: cells, types and layer in, one file out, the same bytes every time, read back before it counts."""
