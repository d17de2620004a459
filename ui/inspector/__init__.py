"""Inspector: the fields of the selected segments."""
