"""The state of one open webinar (document, selection, playhead, notes) and the contexts that hold the services."""
