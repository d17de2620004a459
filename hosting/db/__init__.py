"""TODO-DOC hosting/db."""
