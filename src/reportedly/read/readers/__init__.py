"""A reader a format: bytes to documents."""
