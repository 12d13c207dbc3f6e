"""Reading a ledger: which rows answer a question, a story's part, a page of a list, or a count over all claims."""
