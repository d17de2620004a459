"""The organizer side of a session: schedule, reschedule, cancel, replace the version, control it while it runs."""
