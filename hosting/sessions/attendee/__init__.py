"""TODO-DOC hosting/sessions/attendee."""
