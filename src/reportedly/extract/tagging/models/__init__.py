"""The models that ship with the package, one folder each, and the pieces of their encoder."""
