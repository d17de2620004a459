"""Services the whole window shares: actions, background tasks, media, notifications and timers."""
