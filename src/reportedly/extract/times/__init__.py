"""When a claim was said and when what it tells of took place."""
