"""TODO-DOC ui/timeline/paint."""
