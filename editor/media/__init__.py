"""Source files: what they hold, how they look and sound, and playing them."""
