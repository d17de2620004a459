"""Decoding single frames of a video at an exact time, with PyAV."""
