"""Who entered a session: persons and their tokens."""
