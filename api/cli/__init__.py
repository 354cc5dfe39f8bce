"""The command line: one module a command, found by folder; staff's words in `locale/`."""
