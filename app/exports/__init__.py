"""EXPORT: what leaves the product as a file, and the pages that say the same."""
