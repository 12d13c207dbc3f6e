"""Trains the tagger; needs the extra `train` (PyTorch) and is imported by nothing but its own entry point, `python -m`."""
