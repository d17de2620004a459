"""The picture: what an attendee sees at the playhead."""
