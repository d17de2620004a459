"""The sample webinar's media, drawn and rendered on this computer."""
