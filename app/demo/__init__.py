"""An invented partnership with a round half way, for trying the product out."""
