"""TODO-DOC hosting/sessions/organizer."""
