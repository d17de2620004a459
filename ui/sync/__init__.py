"""TODO-DOC ui/sync."""
