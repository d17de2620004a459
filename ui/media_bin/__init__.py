"""The media at hand: importing, in and out, relinking."""
