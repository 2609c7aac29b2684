"""RETENTION: legal holds, and purging what a closed round no longer needs to keep."""
