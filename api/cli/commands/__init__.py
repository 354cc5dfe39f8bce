"""One module a command; its function of the same name is what the command does."""
