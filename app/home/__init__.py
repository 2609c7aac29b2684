"""What is waiting for you."""
