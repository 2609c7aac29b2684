"""The web: the guard at the door, forms, pages, errors and headers; no step of the audit."""
