"""Honest business cases for machine learning, written in git: the linter."""

__version__ = "0.1.0"
