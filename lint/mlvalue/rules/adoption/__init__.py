"""Rules on who will use it, and what it does to people."""
