"""The two-lane timeline: one painted widget, its gestures, and its views for screen readers and typists."""
