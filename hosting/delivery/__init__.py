"""Giving media to attendees: signed paths, byte ranges, playlists that grow. The one place that does."""
