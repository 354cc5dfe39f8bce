"""The pages: one module each, complete without JavaScript but for the map itself."""
