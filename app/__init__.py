"""The audit, step by step: the packages in the order of the journey.

    tools         an audit tool is defined as question sets in a file
    library       its versions, previewed and numbered
    rounds        a round is opened on one version of it
    samples       referrals are drawn from a list
    assignments   each subject is given to agencies, and there to an auditor
    responses     the auditor answers, the agency lead signs off
    comparisons   the lead lays the answers side by side and the panel agrees
    newer_versions  a round moves to a newer version of its tool, with all its answers
    findings      what was learnt, with its evidence
    actions       who does what about it, by when
    exports       packs and files that are taken away
    retention     what a closed round no longer needs is purged

Beneath them stand access (who may do what), db, identity (people and agencies), events (what
happened), web and people (sign-in and administration); above them trail, home, search and
guidance (help, privacy, accessibility). A package may use those named before it and never those
after; import-linter keeps it so (pyproject.toml).
"""
