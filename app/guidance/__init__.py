"""Help for each role, the privacy notice and the accessibility statement: nothing of an audit."""
