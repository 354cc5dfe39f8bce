"""From a file that a section handed in to a release and a portal."""
