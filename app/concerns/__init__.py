"""Immediate concerns: what to do now outside the product, and that one was raised.

Auditing a file, or comparing answers, somebody may see that a child is not safe. What helps the
child happens outside the product, and the partnership's own text says what. Here is kept only that
a concern was raised about a subject, by whom and when, and that the lead or a coordinator knows.
"""
