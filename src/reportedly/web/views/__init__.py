"""What the pages show, as records: everything is worked out here, so that the templates only lay out."""
