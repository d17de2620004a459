"""Sessions: published versions at their hour, their logs, and everything a room is told."""
