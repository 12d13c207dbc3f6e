"""Figures: quantities with what they measure and count, whose, which share, how sure, over what time."""
