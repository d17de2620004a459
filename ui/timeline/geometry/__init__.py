"""TODO-DOC ui/timeline/geometry."""
