"""Files by their content, how they arrive, and what was prepared of each media."""
