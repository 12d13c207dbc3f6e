"""What a content tells of: acts with who does them, to whom, where, and how the speaker stands to it."""
