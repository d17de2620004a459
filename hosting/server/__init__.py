"""The server process: uvicorn with our protocol class, and JSON logs."""
