"""Commands behind menu entries and keys, the clipboard, context menus and the reporting of refused edits."""
