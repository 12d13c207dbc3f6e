"""Numbers in text: numerals, what bounds them, what they count and in which unit, and which count nothing."""
