"""Partnerships, their agencies and people, and who is signed in.

Tables and rules only; the pages are in `people`. A partnership is the tenant: nothing of one is
ever reached from another.
"""
