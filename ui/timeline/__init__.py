"""The two-lane timeline: one painted widget, its mouse and keyboard input, its table and its screen-reader view."""
