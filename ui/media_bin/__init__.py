"""Media bin: importing, trimming, replacing and relinking media."""
