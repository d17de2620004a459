"""TODO-DOC demo/sample."""
