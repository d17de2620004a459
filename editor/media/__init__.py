"""Source files: what each one holds, how it looks and sounds, playing it, and preparing it for browsers."""
