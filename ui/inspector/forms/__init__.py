"""One inspector form per kind of segment."""
