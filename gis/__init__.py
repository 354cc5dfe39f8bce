"""Where things are: reference systems, geometry, geo files, tiles, the map's composition. Measures, never judges."""
