CREATE TABLE access_accounts (
    name          TEXT    NOT NULL PRIMARY KEY,
    title         TEXT    NOT NULL,
    email         TEXT    NOT NULL,
    password_hash TEXT    NOT NULL,
    admin         BOOLEAN NOT NULL,
    language      TEXT    NOT NULL,
    theme         TEXT    NOT NULL,
    disabled      BOOLEAN NOT NULL,
    created_at    BIGINT  NOT NULL
);

CREATE TABLE access_sessions (
    hash       TEXT   NOT NULL PRIMARY KEY,
    account    TEXT   NOT NULL REFERENCES access_accounts (name),
    csrf       TEXT   NOT NULL,
    agent      TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX access_sessions_account ON access_sessions (account);

CREATE TABLE access_tokens (
    id         TEXT   NOT NULL PRIMARY KEY,
    account    TEXT   NOT NULL REFERENCES access_accounts (name),
    title      TEXT   NOT NULL,
    hash       TEXT   NOT NULL UNIQUE,
    hint       TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at    BIGINT NOT NULL,
    revoked_at BIGINT NOT NULL
);
CREATE INDEX access_tokens_account ON access_tokens (account);

CREATE TABLE access_projects (
    name           TEXT   NOT NULL PRIMARY KEY,
    title          TEXT   NOT NULL,
    description    TEXT   NOT NULL,
    default_branch TEXT   NOT NULL,
    created_at     BIGINT NOT NULL
);

CREATE TABLE access_members (
    project TEXT NOT NULL REFERENCES access_projects (name),
    account TEXT NOT NULL REFERENCES access_accounts (name),
    role    TEXT NOT NULL,
    PRIMARY KEY (project, account)
);
CREATE INDEX access_members_account ON access_members (account);
