"""Preview images of media for the editor: thumbnails, waveform peaks and rendered pages."""
