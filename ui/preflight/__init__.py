"""TODO-DOC ui/preflight."""
