"""TODO-DOC editor/media/prepare."""
