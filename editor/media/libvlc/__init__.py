"""TODO-DOC editor/media/libvlc."""
