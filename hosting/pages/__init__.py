"""The pages that browsers open: the attendee's, as it was built from `hosting/web`, and the first owner's."""
