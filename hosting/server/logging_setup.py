"""Logs as JSON, one object a line on standard error, under the keys that log tools know."""

import json
import logging
import sys
from datetime import UTC, datetime


class _JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        """Return a record as one line of JSON.

        The keys are `timestamp` (RFC 3339, UTC), `level`, `logger`, `event`, `exception` (the traceback, where there is
        one), then what was logged as `extra={"facts": {…}}`. A fact never takes the place of one of the others.
        """
        fields = {
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        if record.exc_info:
            fields["exception"] = self.formatException(record.exc_info)
        facts = getattr(record, "facts", {})
        return json.dumps({**fields, **facts, **fields}, ensure_ascii=False, default=str)


def configure_logging(level: str = "INFO") -> None:
    """Send all log records of at least a level to standard error, one JSON object a line, in place of other handlers.

    uvicorn's access log is switched off, and Alembic logs warnings only.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_JsonFormatter())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("uvicorn.access").disabled = True
    logging.getLogger("alembic").setLevel(logging.WARNING)
