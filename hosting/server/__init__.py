"""TODO-DOC hosting/server."""
