"""Playing a webinar on this computer: the clock (transport) and the players of one lane (deck)."""
