"""Painting of the timeline: clips, ruler, overlays and minimap."""
