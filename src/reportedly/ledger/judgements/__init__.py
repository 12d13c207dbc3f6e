"""What people decide: written, held to the words it is about, applied to what is read."""
