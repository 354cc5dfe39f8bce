"""What may leave: the only maker of `Cleared`."""
