"""The audit tools on pages, and the numbers that their questions and options keep."""
