"""The pages of the desk, rendered on the server and readable without script."""
