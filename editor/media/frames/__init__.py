"""TODO-DOC editor/media/frames."""
