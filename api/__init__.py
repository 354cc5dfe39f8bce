"""Where people and programs come in: web pages, HTTP APIs, command line."""
