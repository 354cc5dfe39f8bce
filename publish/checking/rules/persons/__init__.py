"""What may point to a private person."""
