-- One row for each draft; a version can have several, of which one is not superseded.
CREATE TABLE releasing_releases (
    id              TEXT   NOT NULL PRIMARY KEY,
    project         TEXT   NOT NULL,
    version         TEXT   NOT NULL,
    state           TEXT   NOT NULL,
    commit_id       TEXT   NOT NULL,
    run             TEXT   NOT NULL,
    content         TEXT   NOT NULL,
    rollback_to     TEXT   NOT NULL,
    rollback_steps  TEXT   NOT NULL,
    environments    TEXT   NOT NULL DEFAULT '[]',
    drafted_at      BIGINT NOT NULL,
    drafted_seq     BIGINT NOT NULL,
    published_at    BIGINT NOT NULL DEFAULT 0,
    published_by    TEXT   NOT NULL DEFAULT '',
    override_reason TEXT   NOT NULL DEFAULT '',
    ended_at        BIGINT NOT NULL DEFAULT 0,
    ended_reason    TEXT   NOT NULL DEFAULT ''
);
CREATE INDEX releasing_releases_project ON releasing_releases (project, id);
CREATE UNIQUE INDEX releasing_releases_draft ON releasing_releases (project) WHERE state = 'draft';
CREATE UNIQUE INDEX releasing_releases_version ON releasing_releases (project, version)
    WHERE state IN ('draft', 'publishing', 'published', 'recalled');

-- Which release carries which work item.
CREATE TABLE releasing_tickets (
    project TEXT   NOT NULL,
    ticket  BIGINT NOT NULL,
    release TEXT   NOT NULL,
    PRIMARY KEY (project, ticket, release)
);

CREATE TABLE releasing_approvals (
    release     TEXT   NOT NULL,
    environment TEXT   NOT NULL,
    account     TEXT   NOT NULL,
    remark      TEXT   NOT NULL,
    at          BIGINT NOT NULL,
    seq         BIGINT NOT NULL,
    PRIMARY KEY (release, environment, account)
);

-- Times in which nothing is published; environment is empty for all of them.
CREATE TABLE releasing_freezes (
    id          TEXT   NOT NULL PRIMARY KEY,
    project     TEXT   NOT NULL,
    title       TEXT   NOT NULL,
    environment TEXT   NOT NULL,
    starts_at   BIGINT NOT NULL,
    ends_at     BIGINT NOT NULL,
    made_by     TEXT   NOT NULL
);
CREATE INDEX releasing_freezes_project ON releasing_freezes (project, ends_at);

-- What runs packaged: the stuff that releases are made of.
CREATE TABLE releasing_artifacts (
    project TEXT   NOT NULL,
    run     TEXT   NOT NULL,
    name    TEXT   NOT NULL,
    digest  TEXT   NOT NULL,
    size    BIGINT NOT NULL,
    seq     BIGINT NOT NULL,
    PRIMARY KEY (project, run, name)
);

-- Gates that passed on the default branch. Those that are waiting are still to be drafted from;
-- of the others, why_key says why there is no draft, or is empty.
CREATE TABLE releasing_gates (
    seq       BIGINT NOT NULL PRIMARY KEY,
    project   TEXT   NOT NULL,
    run       TEXT   NOT NULL,
    commit_id TEXT   NOT NULL,
    at        BIGINT NOT NULL,
    waiting   INTEGER NOT NULL,
    why_key   TEXT   NOT NULL DEFAULT '',
    why_args  TEXT   NOT NULL DEFAULT '[]'
);
CREATE INDEX releasing_gates_project ON releasing_gates (project, seq);

-- Where a version lives now.
CREATE TABLE releasing_places (
    project     TEXT   NOT NULL,
    service     TEXT   NOT NULL,
    environment TEXT   NOT NULL,
    version     TEXT   NOT NULL,
    since       BIGINT NOT NULL,
    PRIMARY KEY (project, service, environment)
);
