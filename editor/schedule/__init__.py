"""What a webinar is and what may be done with it: frozen values and pure functions, no input and no output."""
