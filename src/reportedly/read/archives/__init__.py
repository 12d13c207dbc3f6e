"""Archives and what they pack, a member at a time."""
