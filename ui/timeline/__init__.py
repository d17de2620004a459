"""The timeline: two lanes painted in one widget, its gestures, its table, and its interface for screen readers."""
