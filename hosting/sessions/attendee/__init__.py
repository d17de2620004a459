"""The attendee side of a session: landing page, entering, snapshot, event stream, chat."""
