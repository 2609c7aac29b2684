"""People and agencies on pages: sign-in, invitations, memberships, the CSV import."""
