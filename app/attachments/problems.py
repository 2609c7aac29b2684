"""Why a file is not accepted, in words for whoever attached it."""


class FileProblem(Exception):
    """A file that is not stored; its words say what to do."""


def not_what_it_says(ending: str) -> FileProblem:
    """Say that the bytes of a file are not what its name says."""
    return FileProblem(
        f"This is not a .{ending} file, whatever its name says. Open it in the program it was made "
        "with, save it again, and choose the new file."
    )
