"""A backup: everything in one file, taken while people work, and restored whole or not at all."""

from app.backups.restoring import BadBackup, restore
from app.backups.taking import take

__all__ = ["BadBackup", "restore", "take"]
