"""TODO-DOC editor/media/previews."""
