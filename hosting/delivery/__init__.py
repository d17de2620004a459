"""Delivery of media to attendees: signed paths, byte ranges, growing playlists. No other module serves them."""
