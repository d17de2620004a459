"""Icons, translations, schemas: files the program reads."""
