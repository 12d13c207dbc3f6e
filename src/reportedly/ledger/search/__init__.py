"""Words found in a ledger's texts, the same in every database, and the documents and claims that words mean."""
