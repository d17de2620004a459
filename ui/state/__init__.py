"""TODO-DOC ui/state."""
