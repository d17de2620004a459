"""The webinar settings dialog: title, start, access, chat and price."""
