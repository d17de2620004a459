"""Sessions: scheduled runs of published versions, with their event logs, event streams and chat."""
