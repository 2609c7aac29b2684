"""RESPONSE: what an auditor answers, saved as it is typed, signed off and sent."""
