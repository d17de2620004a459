"""The core is tested with PySide6 out of reach, as on a server that has none."""

import os
import sys

if os.environ.get("MATINEE_WITHOUT_QT"):
    for name in ("PySide6", "shiboken6"):
        assert name not in sys.modules, f"{name} was imported before the core's tests began"
        # None makes every later import of it fail as if it were not installed.
        sys.modules[name] = None  # type: ignore[assignment]
