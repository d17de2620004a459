"""TODO-DOC ui/timeline/input."""
