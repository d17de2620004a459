"""Preparing media for attendees: HLS renditions, loudness, web images and captions, made by ffmpeg."""
