"""serve.sqlite: the one store that pages, search and APIs read."""
