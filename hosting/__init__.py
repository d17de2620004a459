"""The hosting: one process that stores webinars and media, and runs their sessions at the scheduled time.

Each module has `tables` (the database's), `service` (the operations; no HTTP, no commit) and `routes` (HTTP; no SQL).
From the editor it imports the schedule, the protocol and the errors only. Its layers are contracts in pyproject.toml.
"""
