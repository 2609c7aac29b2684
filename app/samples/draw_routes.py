"""Drawing a strand's sample on the web: asked for, previewed, drawn once."""

import hmac
import secrets

from fastapi import APIRouter, Request, Response
from sqlmodel import Session

from app.access import Unfit
from app.rounds.rules import Doing, require
from app.samples.draw import Draw
from app.samples.drawing import draw_sample, drawn_from, frame_to_draw_from
from app.samples.forms import Confirmed, Wanted
from app.samples.frame import IN_WORDS, STRATA
from app.samples.models import Frame
from app.samples.pages import DrawPage, Hidden, Places, PreviewPage
from app.samples.presence import ToDraw, at
from app.samples.queries import Sampled, counted
from app.web.filters import plural
from app.web.forms import Posted, PostedDep, read
from app.web.guard import ActorDep
from app.web.pages import render, see
from app.web.units import SessionDep

router = APIRouter(prefix="/{partnership}/rounds/{round}/strands/{strand}/sample")

FIELDS = ("by", "total", "minimum", "reserves", "seed")
USUAL = {"by": "number", "reserves": "2"}


@router.get("/draw")
async def ask_for_design(request: Request, session: SessionDep, sampled: ToDraw) -> Response:
    """Ask how many referrals of which outcomes to draw."""
    require(sampled.round.stage, Doing.SAMPLE)
    frame = frame_to_draw_from(session, sampled)
    asked = {name: value for name, value in request.query_params.items() if name in _names()}
    return render(request, _form(request, session, sampled, frame, {**USUAL, **asked}))


@router.post("/draw/preview")
async def preview_draw(
    request: Request, session: SessionDep, sampled: ToDraw, form: PostedDep
) -> Response:
    """Show what the draw would take from each group; nothing is drawn yet."""
    require(sampled.round.stage, Doing.SAMPLE)
    frame = frame_to_draw_from(session, sampled)
    try:
        wanted = read(Wanted, form)
        seed = wanted.seed or secrets.token_hex(16)
        drawn = drawn_from(session, sampled, wanted.design(), seed)
    except Unfit as unfit:
        page = _form(request, session, sampled, frame, _typed(form), unfit.errors)
        return render(request, page, 422)
    return render(request, _preview(request, sampled, wanted, drawn))


@router.post("/draw")
async def draw(
    request: Request, session: SessionDep, actor: ActorDep, sampled: ToDraw, form: PostedDep
) -> Response:
    """Draw the sample, once, as it was previewed."""
    given = read(Confirmed, form)
    seal = _seal(request, sampled, given.seed)
    made = hmac.compare_digest(seal.encode(), given.seal.encode())
    with session.begin_nested():
        draw_sample(session, actor, sampled, given, seed_made=made)
    return see(request, at(request, sampled), banner="Sample drawn")


def _names() -> tuple[str, ...]:
    return (*FIELDS, *(stratum.value for stratum in STRATA))


def _typed(form: Posted) -> dict[str, str]:
    return {name: form.one(name) for name in _names()}


def _form(
    request: Request,
    session: Session,
    sampled: Sampled,
    frame: Frame,
    values: dict[str, str],
    errors: dict[str, str] | None = None,
) -> DrawPage:
    kept = counted(session, frame).kept
    errors = errors or {}
    strata = [(s, kept.get((s, True), 0), kept.get((s, False), 0)) for s in STRATA]
    return DrawPage(
        at=at(request, sampled),
        strand_title=sampled.strand.title,
        strata=tuple(
            Places(
                name=s.value,
                words=IN_WORDS[s],
                size=again + others,
                re_referred=again,
                value=values.get(s.value, "" if again + others else "0"),
            )
            for s, again, others in strata
        ),
        re_referred=sum(again for _, again, _ in strata),
        window=plural(frame.window_months, "month"),
        typed={name: values.get(name, "") for name in FIELDS},
        errors=errors,
        ids={
            name: "by" if name in {"", "by"} or name.startswith("by-") else name for name in errors
        },
    )


def _preview(request: Request, sampled: Sampled, wanted: Wanted, drawn: Draw) -> PreviewPage:
    asked: Hidden = tuple(
        (name, str(getattr(wanted, name)))
        for name in _names()
        if name != "seed" and getattr(wanted, name) is not None
    )
    made = not wanted.seed
    seal = _seal(request, sampled, drawn.seed) if made else ""
    again = sum(cell.places for cell in drawn.cells if cell.re_referred)
    said = (
        f"{plural(len(drawn.chosen), 'referral')} will be drawn from "
        f"{len(drawn.tickets):,}, {again:,} of them re-referred, with "
        f"{len(drawn.reserves):,} more in reserve."
    )
    return PreviewPage(
        at=at(request, sampled),
        strand_title=sampled.strand.title,
        said=said,
        cells=tuple(
            (
                cell.in_words,
                f"{cell.size:,}",
                f"{cell.places:,}",
                f"{sum(drawn.cell_of(one) == cell for one in drawn.reserves):,}",
                f"{cell.places:,} of {cell.size:,}",
            )
            for cell in drawn.cells
            if cell.size
        ),
        notes=drawn.notes,
        seed=drawn.seed,
        seed_made=made,
        digest=drawn.digest,
        hidden=(*asked, ("seed", drawn.seed), ("seal", seal), ("digest", drawn.digest)),
        again=asked if made else (*asked, ("seed", drawn.seed)),
    )


def _seal(request: Request, sampled: Sampled, seed: str) -> str:
    """Mark a seed as made here for this strand, so that a typed one cannot pass for it."""
    words = f"seed {sampled.strand.ref} {seed}"
    return hmac.new(request.app.state.secret.encode(), words.encode(), "sha256").hexdigest()
