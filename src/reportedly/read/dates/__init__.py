"""When a report was published: stamps and datelines, clock times of live items, and what its own dates bound."""
