"""Words and lines of pages: which are English, wrapped, or tell of writer, day and place."""
