"""Samples: the list of referrals a round is drawn from, the draw itself, and what was drawn.

A list is read in a limited child process that drops whatever identifies people before anything
reaches the rest of Casefile; the rows that remain are the frame; the draw turns frame, design and
seed into the same sample on any machine, for ever. `docs/sampling.md` says how, in plain words.
"""
