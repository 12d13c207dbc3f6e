"""What lists and counts are read from, kept as parts are put, so that no page costs more as the ledger grows."""
