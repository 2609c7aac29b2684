"""EVIDENCE: files that an auditor attaches to a question, checked before anything is stored."""
