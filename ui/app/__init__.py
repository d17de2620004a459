"""TODO-DOC ui/app."""
