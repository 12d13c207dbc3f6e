"""What HTML says: blocks of text, the article among them, metadata, and heads that are no part of an article."""
