"""The pop-up in which start, length and trim of one segment are typed."""
