"""Tables as columns of Arrow text, with the place in the clerk's file that every row and field came from."""
