"""TODO-DOC ui/services."""
