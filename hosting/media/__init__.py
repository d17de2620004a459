"""Media files by their content: uploads, manifests of prepared media."""
