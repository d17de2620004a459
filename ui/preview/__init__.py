"""Preview: what an attendee sees at the playhead, and its transport controls."""
