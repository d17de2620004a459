"""SQLite as the library and the hosting both use it: connections, engines, kinds of errors."""
