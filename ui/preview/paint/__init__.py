"""Painting of the preview: frames, overlays, surveys and placeholders."""
