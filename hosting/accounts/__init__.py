"""Accounts of the team: passwords, tokens, signing in."""
