CREATE TABLE loop_chats (
    project    TEXT      NOT NULL PRIMARY KEY,
    secret     ${blob}   NOT NULL,
    created_at BIGINT    NOT NULL
);

CREATE TABLE loop_chat_people (
    project TEXT NOT NULL,
    person  TEXT NOT NULL,
    account TEXT NOT NULL,
    PRIMARY KEY (project, person)
);

CREATE TABLE loop_webhooks (
    id         TEXT    NOT NULL PRIMARY KEY,
    project    TEXT    NOT NULL,
    url        TEXT    NOT NULL,
    secret     ${blob} NOT NULL,
    kinds      TEXT    NOT NULL,
    created_at BIGINT  NOT NULL
);
CREATE INDEX loop_webhooks_project ON loop_webhooks (project);

CREATE TABLE loop_deliveries (
    webhook  TEXT    NOT NULL REFERENCES loop_webhooks (id),
    seq      BIGINT  NOT NULL,
    attempts INTEGER NOT NULL,
    next_at  BIGINT  NOT NULL,
    state    TEXT    NOT NULL,
    answer   TEXT    NOT NULL,
    PRIMARY KEY (webhook, seq)
);
CREATE INDEX loop_deliveries_due ON loop_deliveries (state, next_at);
