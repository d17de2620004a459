"""The window: PySide6 over the editor's core; no rule of a webinar lives here."""
