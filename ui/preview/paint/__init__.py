"""TODO-DOC ui/preview/paint."""
