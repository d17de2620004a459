"""The pop-up in which start, length and trim of segments are typed."""
