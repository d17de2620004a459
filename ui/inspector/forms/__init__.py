"""TODO-DOC ui/inspector/forms."""
