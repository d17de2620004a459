"""Bundles, which carry a webinar from one library to another, and generated reference pages."""
