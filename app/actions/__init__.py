"""ACTION: who does what about a finding, by when, and how we will know."""
