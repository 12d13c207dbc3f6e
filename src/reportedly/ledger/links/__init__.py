"""Links between articles as rows: parts, marks and sides, read and written by what differs."""
