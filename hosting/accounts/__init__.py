"""Who may organize: accounts, their passwords and their tokens."""
