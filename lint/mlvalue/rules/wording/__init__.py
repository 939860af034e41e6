"""Rules on words that promise more than is known."""
