"""The application put together: settings, database, middleware, pages."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.middleware import Middleware

from app.actions.handing_over import actions_held
from app.actions.of_round import actions_left, actions_progress, actions_unfinished
from app.actions.routes import router as actions
from app.assignments.routes import router as assignments
from app.assignments.second_routes import router as second_auditors
from app.assignments.waiting import lead_conflicts, work_left
from app.assignments.waiting import missing_before as assignments_missing
from app.attachments.queries import files_attached
from app.attachments.routes import router as attachments
from app.comparisons.routes import router as comparisons
from app.concerns.queries import alarms, concerns_progress
from app.concerns.routes import router as concerns
from app.config import DEVELOPMENT_SECRET, Settings
from app.db import Database
from app.exports.actions_routes import router as actions_files
from app.exports.calendar_routes import router as calendars
from app.exports.document_routes import router as documents
from app.exports.making import DocumentMaker
from app.exports.paper_routes import router as papers
from app.exports.routes import router as exports
from app.exports.wording_routes import router as wordings
from app.findings.following_routes import router as followed
from app.findings.queries import drafts_left, findings_progress
from app.findings.result_routes import router as results
from app.findings.routes import router as findings
from app.guidance.routes import router as guidance
from app.home.routes import router as home
from app.library.queries import load_tools
from app.library.routes import router as library
from app.meetings.case_routes import router as cases_before_panel
from app.meetings.progress import panel_left, panel_progress
from app.meetings.routes import router as meetings
from app.newer_versions.routes import router as newer_versions
from app.people.agency_routes import router as agencies
from app.people.correction_routes import router as people_corrections
from app.people.import_routes import router as people_import
from app.people.password_routes import router as passwords
from app.people.routes import router as people
from app.people.sign_in_routes import router as sign_in
from app.people.subgroup_routes import router as subgroups
from app.responses.answerers import who_answered
from app.responses.conflict_routes import router as conflicts
from app.responses.nil_routes import router as nil_returns
from app.responses.query_routes import router as queries
from app.responses.returns import returns_left, returns_progress
from app.responses.returns_routes import router as returns
from app.responses.routes import router as responses
from app.responses.saving_routes import router as tokens
from app.responses.saving_routes import straight as saving
from app.responses.sharing_routes import router as sharing
from app.responses.tallies import untally_subject
from app.responses.trial_routes import router as trials
from app.responses.version_routes import router as versions
from app.responses.withdrawal_routes import router as withdrawals
from app.retention.routes import router as retention
from app.rounds.choices import end_parts
from app.rounds.copy_routes import router as round_copies
from app.rounds.plan_routes import router as round_plans
from app.rounds.planning_routes import router as round_planning
from app.rounds.queries import parts_held, roles_in_rounds
from app.rounds.routes import router as rounds
from app.rounds.stage_routes import router as round_stages
from app.rounds.strand_routes import router as round_strands
from app.samples.draw_routes import router as draws
from app.samples.list_routes import router as lists
from app.samples.of_round import missing_before as subjects_missing
from app.samples.of_round import sample_progress
from app.samples.routes import router as samples
from app.samples.row_routes import router as rows
from app.samples.subject_routes import router as subjects
from app.search.routes import router as search
from app.trail.routes import router as trail
from app.web.assets import Assets
from app.web.bodies import WholeBodies
from app.web.errors import add_error_pages
from app.web.failures import Failures
from app.web.headers import SecurityHeaders
from app.web.health import router as health
from app.web.logs import configure_logs

ROUTERS = (
    saving,  # the one that is asked for all day, so the first that is looked through
    tokens,
    health,
    sign_in,
    passwords,
    guidance,
    home,
    search,
    people_import,
    people,
    people_corrections,
    agencies,
    subgroups,
    library,
    rounds,
    round_plans,
    round_planning,
    round_strands,
    round_copies,
    round_stages,
    samples,
    lists,
    rows,
    draws,
    subjects,
    assignments,
    second_auditors,
    responses,
    trials,
    newer_versions,
    attachments,
    withdrawals,
    conflicts,
    sharing,
    nil_returns,
    queries,
    versions,
    returns,
    comparisons,
    concerns,
    cases_before_panel,
    meetings,
    results,
    followed,
    findings,
    actions,
    papers,
    documents,
    exports,
    actions_files,
    calendars,
    retention,
    wordings,
    trail,
)


def serve_one() -> FastAPI:
    """Assemble the application in a serving process, which may be one of several."""
    configure_logs()
    return create_app()


def create_app(settings: Settings | None = None, database: Database | None = None) -> FastAPI:
    """Assemble the application over one database."""
    settings = settings or Settings()
    database = database or Database(settings.database_url)

    maker = DocumentMaker(database)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with maker.at_work():
            yield
        database.close()

    app = FastAPI(
        title="Casefile",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=lifespan,
        middleware=[
            Middleware(SecurityHeaders, secure=not settings.in_development),
            Middleware(Failures, raising=settings.in_development),
            Middleware(WholeBodies),
        ],
    )
    app.state.settings = settings
    app.state.secure = not settings.in_development
    app.state.secret = settings.secret.get_secret_value() or DEVELOPMENT_SECRET
    app.state.public_address = settings.public_address
    app.state.database = database
    app.state.document_maker = maker
    _tell_earlier_steps(app)
    app.state.tools = load_tools(settings.audit_tools)
    add_error_pages(app)
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/assets", Assets(), name="assets")
    return app


def _tell_earlier_steps(app: FastAPI) -> None:
    """Hand earlier steps what later ones know, since no step may use a later one."""
    app.state.round_roles = roles_in_rounds
    app.state.alarms = alarms
    app.state.on_departure = (parts_held, work_left, actions_held)
    app.state.at_departure = (end_parts,)
    app.state.on_replacement = (untally_subject,)
    # who has answered what, whoever has it now: of two auditors of a file neither may be both
    app.state.who_answered = who_answered
    app.state.files_attached = files_attached  # how many files each question of a response has
    # what later steps find missing before a round moves on
    app.state.round_readiness = (subjects_missing, assignments_missing, actions_unfinished)
    # and what is worth knowing before it does
    app.state.round_notes = (returns_left, panel_left, drafts_left, actions_left)
    # how far each later step has come, for the round's own page
    app.state.round_progress = (
        sample_progress,
        returns_progress,
        concerns_progress,
        panel_progress,
        findings_progress,
        actions_progress,
    )
    app.state.lead_conflicts = (
        lead_conflicts,
    )  # why a person may not lead a round, as later steps know it
