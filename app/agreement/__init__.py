"""AGREEMENT: how far people who judged the same thing said the same, in numbers told truthfully.

Pure functions of counts. Two auditors who judged one file without seeing each other are two raters
of one thing, and for them there are coefficients (`raters`). Agencies that answered the same
question about the same case looked at different files: for them there are counts of how often they
said the same (`divergence`), and nothing here may call that anything more.
"""
