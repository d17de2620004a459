"""Home: the list of all webinars in the library and on the server."""
