"""COMPARISON: one subject, every response side by side, and what the panel agreed."""
