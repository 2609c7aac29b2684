"""Search by reference: one box on every page, and the way straight to what has that reference."""
