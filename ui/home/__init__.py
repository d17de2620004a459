"""All webinars of the library."""
