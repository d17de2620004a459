"""TODO-DOC ui/actions."""
