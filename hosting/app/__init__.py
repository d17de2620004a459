"""The application: the table of modules, the ASGI entry point, the API schema and the list of all tables."""
