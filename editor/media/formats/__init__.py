"""File formats: recognizing a file and reading its facts, captions and pages."""
