"""The audit trail's pages: who did what, and when."""
