"""FINDING: what was learnt, with the evidence that it rests on."""
