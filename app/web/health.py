"""Whether the process is alive, and whether it can serve."""

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse
from sqlalchemy.exc import SQLAlchemyError

from app.db.engines import UnsafeDatabase
from app.db.readiness import newest_revision, revision_of
from app.web.units import database_of

router = APIRouter()


@router.get("/healthz")
async def healthz() -> PlainTextResponse:
    """Say that the process answers. It asks nothing of the database."""
    return PlainTextResponse("alive")


@router.get("/readyz")
async def readyz(request: Request) -> PlainTextResponse:
    """Say whether pages can be served: the database is there and at the newest migration."""
    try:
        revision = revision_of(database_of(request).reader)
    except SQLAlchemyError:
        return PlainTextResponse("The database cannot be reached.", 503)
    except UnsafeDatabase as unsafe:
        return PlainTextResponse(f"{unsafe}.", 503)
    if revision != newest_revision():
        return PlainTextResponse("The database is not at the newest migration.", 503)
    return PlainTextResponse("ready")
