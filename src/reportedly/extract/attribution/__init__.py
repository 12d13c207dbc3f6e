"""Who is said to have said what: source, cue and content, by rules alone or by what a tagger marks with rules around it."""
