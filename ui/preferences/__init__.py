"""The preferences dialog, with the list of keyboard shortcuts."""
