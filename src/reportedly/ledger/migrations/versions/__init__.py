"""One file a schema version, named after it; each stands on its own and is never changed after its release."""
