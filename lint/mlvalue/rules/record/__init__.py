"""Rules on what was delivered."""
