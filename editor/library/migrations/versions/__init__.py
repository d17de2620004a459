"""The steps, in order; each revision is a number that also is the file's stamp after it."""
