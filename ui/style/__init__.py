"""TODO-DOC ui/style."""
