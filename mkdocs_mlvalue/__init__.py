"""The portfolio in MkDocs."""
