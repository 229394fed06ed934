-- Numbers that GitHub's clients know things by: one row for artifacts, one for caches.
CREATE TABLE building_numbers (
    kind TEXT   NOT NULL PRIMARY KEY,
    last BIGINT NOT NULL
);

-- Artifacts of runs. An expired one keeps its row and loses its file; kept_by names the release
-- that needs it.
CREATE TABLE building_archives (
    number     BIGINT  NOT NULL PRIMARY KEY,
    project    TEXT    NOT NULL,
    run        TEXT    NOT NULL,
    run_number BIGINT  NOT NULL,
    job        TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    digest     TEXT    NOT NULL,
    size       BIGINT  NOT NULL,
    files      INTEGER NOT NULL,
    mime       TEXT    NOT NULL,
    ref        TEXT    NOT NULL,
    commit_id  TEXT    NOT NULL,
    created_at BIGINT  NOT NULL,
    expires_at BIGINT  NOT NULL,
    expired    BOOLEAN NOT NULL,
    kept_by    TEXT    NOT NULL,
    UNIQUE (run, name)
);
CREATE INDEX building_archives_project ON building_archives (project, number);
CREATE INDEX building_archives_expiry ON building_archives (expired, expires_at);
CREATE INDEX building_archives_digest ON building_archives (digest);

CREATE TABLE building_caches (
    number     BIGINT NOT NULL PRIMARY KEY,
    project    TEXT   NOT NULL,
    ref        TEXT   NOT NULL,
    cache_key  TEXT   NOT NULL,
    version    TEXT   NOT NULL,
    digest     TEXT   NOT NULL,
    size       BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at    BIGINT NOT NULL,
    UNIQUE (project, ref, cache_key, version)
);
CREATE INDEX building_caches_used ON building_caches (project, used_at);
CREATE INDEX building_caches_digest ON building_caches (digest);
