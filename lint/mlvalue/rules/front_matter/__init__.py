"""Rules on the shape of the front matter, its completeness for the stage, and on allow-comments."""
