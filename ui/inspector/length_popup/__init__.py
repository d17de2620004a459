"""TODO-DOC ui/inspector/length_popup."""
