"""Playing media with libVLC, the frames decoded into memory."""
