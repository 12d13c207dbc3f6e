"""Bytes to documents and their articles: one file a format, splitting, outlets and dates of publication."""

from reportedly.read.paths import read_paths, read_stream

__all__ = ["read_paths", "read_stream"]
