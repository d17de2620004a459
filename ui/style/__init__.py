"""Light and dark theme: style sheet, palette and icons."""
