"""Documents as rows, with all that belongs to them: entered, loaded, found, taken out."""
