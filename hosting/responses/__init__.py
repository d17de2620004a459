"""Responses of attendees to offers: clicks and answers, each counted once a person."""
