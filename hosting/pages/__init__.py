"""The pages that browsers open: the attendees' page, built from `hosting/web`, and the hosting's own pages."""
