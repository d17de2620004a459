"""The fields of what is selected, and what preflight says."""
