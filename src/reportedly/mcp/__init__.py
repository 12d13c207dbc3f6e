"""mcp/: a ledger for assistants, over the Model Context Protocol; a thin face over the use cases, of the extra `mcp`."""
