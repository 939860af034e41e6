"""Everything that `mlvalue init` writes into a repository, and nothing that it says or asks."""
