"""ROUND: one run of one version of an audit tool, its strands, people and stages."""
