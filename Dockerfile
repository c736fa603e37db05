# syntax=docker/dockerfile:1
# docker build -t gamekeeper .        (docs/operators/docker.md)
#
# No shell in the last stage, no root, nothing written but to /data. No secret is needed to build it.

# PostgreSQL's tools for backups: the same number as the server's, or a higher one.
ARG POSTGRES=17

FROM rust:1.94-slim-bookworm AS build
# jemalloc and SQLite are C.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends make gcc libc6-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/source/target \
    cargo build --release --locked --package gamekeeper \
    && install -m 755 target/release/gamekeeper /usr/local/bin/gamekeeper \
    && mkdir /data /backups

FROM postgres:${POSTGRES}-bookworm AS tools
COPY ops/docker/collect /usr/local/bin/collect
RUN collect /tools "/usr/lib/postgresql/$PG_MAJOR/bin/pg_dump" \
    "/usr/lib/postgresql/$PG_MAJOR/bin/pg_restore"

FROM gcr.io/distroless/cc-debian12:nonroot
ARG POSTGRES
COPY --from=tools /tools/ /
COPY --from=build /usr/local/bin/gamekeeper /usr/local/bin/gamekeeper
# A new volume takes over the owner: 65532, distroless's "nonroot".
COPY --from=build --chown=65532:65532 /data /data
COPY --from=build --chown=65532:65532 /backups /backups
ENV PATH=/usr/local/bin:/usr/lib/postgresql/${POSTGRES}/bin \
    GAMEKEEPER_DATA_DIR=/data
WORKDIR /data
VOLUME /data
USER 65532:65532
STOPSIGNAL SIGTERM
# Asks the process itself, on its own loopback.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["/usr/local/bin/gamekeeper", "health"]
ENTRYPOINT ["/usr/local/bin/gamekeeper"]
CMD ["run"]
