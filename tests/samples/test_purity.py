import subprocess
import sys

PURE = (
    "reading", "workbook", "identifiers", "mapping", "referrals",
    "canonical", "allocation", "draw", "statement",
)  # fmt: skip
HEAVY = {"fastapi", "starlette", "sqlalchemy", "sqlmodel", "jinja2", "lxml"}


def test_reading_mapping_and_drawing_know_nothing_of_the_web_or_the_database() -> None:
    imports = "; ".join(f"import app.samples.{name}" for name in PURE)
    asked = f"import sys; {imports}; print(*sys.modules)"
    surroundings = {"OPENPYXL_LXML": "False", "PYTHONPATH": ".", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, check=True, text=True, env=surroundings
    )
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    assert "openpyxl" in loaded
    assert loaded & HEAVY <= {"lxml"}  # openpyxl looks whether it is there, and leaves it alone
