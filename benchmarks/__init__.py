"""Speed as numbers, always as ratios within one run."""
