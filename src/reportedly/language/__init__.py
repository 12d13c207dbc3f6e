"""The tables of words of one language, a folder each, and what reads them: times, numerals, names, words of pages."""
