"""TODO-DOC editor/media/formats."""
