"""TODO-DOC hosting/app."""
