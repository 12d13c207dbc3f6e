"""Which tagged spans belong together: one attribution of a content, its cue and its source."""
