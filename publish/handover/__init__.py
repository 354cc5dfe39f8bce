"""What is handed on: the pages for who takes over in April, and the card for the day on which something must be stopped."""
