"""The panel's meeting: what it decides about each question and each case, and its record."""
