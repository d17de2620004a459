"""Playing a webinar on this machine, as an attendee will see it."""
