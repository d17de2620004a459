"""The publish dialog: server, version and time, and the list of published sessions."""
