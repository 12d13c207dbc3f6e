"""What files are: bytes with their bounds, formats, codings, and what lies beside them."""
