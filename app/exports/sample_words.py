"""What a paper says of its sample: how it came about, and how many cases only where it may."""

from sqlmodel import Session, col, select

from app.rounds.models import Round, Strand
from app.samples.queries import draw_of, statement_for


def sample_in_words(session: Session, of: Round, *, counts: bool = False) -> tuple[str, ...]:
    """State how the sample of each strand came about, one paragraph each.

    The seed and the list's digest are left out: they are for those who hold the list.
    """
    strands = session.exec(
        select(Strand).where(Strand.round_id == of.id).order_by(col(Strand.id))
    ).all()
    told: list[str] = []
    for strand in strands:
        paragraphs = _paragraphs(session, strand, counts=counts)
        if paragraphs and len(strands) > 1:
            paragraphs[0] = f"{strand.title}: {paragraphs[0]}"
        told += paragraphs
    return tuple(told)


def _paragraphs(session: Session, strand: Strand, *, counts: bool) -> list[str]:
    key = strand.id or 0
    told = statement_for(session, key, counts=counts) or ""
    draw = draw_of(session, key)
    proof = draw.digest if draw else None
    return [p for p in told.split("\n\n") if p and (proof is None or proof not in p)]
