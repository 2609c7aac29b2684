# Casefile in a container. It runs the same scripts as `make demo`.
FROM python:3.11-slim AS build
WORKDIR /srv/casefile
COPY requirements-dev.txt requirements.txt requirements.in pyproject.toml README.md ./
COPY scripts scripts
COPY app app
COPY package.json package-lock.json .npmrc ./
RUN scripts/install && scripts/build-assets

FROM python:3.11-slim
WORKDIR /srv/casefile
RUN useradd --system --create-home casefile
COPY requirements.txt requirements.in pyproject.toml README.md NOTICE alembic.ini ./
COPY scripts scripts
COPY app app
COPY migrations migrations
COPY templates templates
COPY audit_tools audit_tools
RUN scripts/install requirements.txt && mkdir data && chown casefile data
COPY --from=build /srv/casefile/build build
USER casefile
ENV CASEFILE_HOST=0.0.0.0
EXPOSE 8000
VOLUME /srv/casefile/data
HEALTHCHECK CMD [".venv/bin/python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/readyz')"]
CMD ["scripts/start"]
