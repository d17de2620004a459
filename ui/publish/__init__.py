"""Publishing: which hosting, which version, when; and what has been published."""
