"""Synchronization with a server: connection, incoming versions, conflicts and its status button."""
