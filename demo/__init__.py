"""`./matinee demo`: a sample webinar, from rendered media to guests in its room."""
