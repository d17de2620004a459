"""Planning a webinar: title, time, room, chat, access."""
