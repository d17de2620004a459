"""The demonstration (`./matinee demo`): a sample webinar, from its rendered media to an attendee's browser."""
