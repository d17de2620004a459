"""TODO-DOC ui/text."""
