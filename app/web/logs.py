"""Logs: one JSON object a line on standard output, of allow-listed fields only.

No bodies, no query strings, no addresses with references, no names: what a log holds must be safe
to hand to a hosting company.
"""

import logging

import structlog
from structlog.typing import EventDict, WrappedLogger

ALLOWED = frozenset(
    {"event", "level", "timestamp", "status", "reference", "method"}
    | {"kind", "count", "where", "path_pattern"}
)


def _allowed_only(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    return {name: value for name, value in event.items() if name in ALLOWED}


def configure_logs() -> None:
    """Set up logging for a serving process."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _allowed_only,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=True,
    )
