"""Moving a round to a newer version of its audit tool, after a preview of every answer affected."""
