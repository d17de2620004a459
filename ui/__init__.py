"""The desktop window: PySide6 widgets over the editor's core, without rules of their own."""
