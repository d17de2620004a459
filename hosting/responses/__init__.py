"""What attendees do with offers: clicks and answers, each once a person."""
