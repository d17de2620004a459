"""TODO-DOC hosting/http."""
