"""ASSIGNMENT: each subject given to agencies, and there to an auditor."""
