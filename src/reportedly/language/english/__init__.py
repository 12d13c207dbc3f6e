"""English: its tables of words, one TOML file each, with sources."""
