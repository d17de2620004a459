"""Texts in the language of the window: translation and formatting of times, sizes and errors."""
