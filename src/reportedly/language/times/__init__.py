"""Expressions of time: found in text, judged by the words around them, resolved against an article's day."""
