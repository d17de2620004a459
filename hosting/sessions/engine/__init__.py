"""TODO-DOC hosting/sessions/engine."""
