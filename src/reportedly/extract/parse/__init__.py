"""What every rule reads: paragraphs parsed into plain tokens, their marks, their place in the text."""
