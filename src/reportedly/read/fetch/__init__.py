"""Fetching pages from the web into a WARC file."""
