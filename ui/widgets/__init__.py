"""TODO-DOC ui/widgets."""
