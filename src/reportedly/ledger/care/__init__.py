"""A ledger's health: texts and spans re-read, rows and summaries held to one another, digests."""
