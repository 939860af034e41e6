"""Rules on the numbers of value and cost."""
