"""The language server: what an editor shows of a document while it is written. Only `server` and `wire` know the protocol."""
