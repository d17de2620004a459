"""TODO-DOC ui/power."""
