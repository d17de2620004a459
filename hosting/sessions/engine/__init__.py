"""The running session: its state, event log, cues, scheduler, and the hub that streams committed rows."""
