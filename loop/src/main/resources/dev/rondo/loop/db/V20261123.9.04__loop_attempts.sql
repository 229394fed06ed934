-- Each time that an event was sent to a receiver, with what came back. Bounded by age and number.
CREATE TABLE loop_attempts (
    id      TEXT    NOT NULL PRIMARY KEY,
    webhook TEXT    NOT NULL REFERENCES loop_webhooks (id),
    seq     BIGINT  NOT NULL,
    number  INTEGER NOT NULL,
    at      BIGINT  NOT NULL,
    took    BIGINT  NOT NULL,
    status  INTEGER NOT NULL,
    reason  TEXT    NOT NULL,
    detail  TEXT    NOT NULL,
    headers TEXT    NOT NULL,
    body    TEXT    NOT NULL,
    account TEXT    NOT NULL
);
CREATE INDEX loop_attempts_of ON loop_attempts (webhook, id);

-- What somebody wants sent once more; gone when it was.
CREATE TABLE loop_repeats (
    webhook TEXT   NOT NULL REFERENCES loop_webhooks (id),
    seq     BIGINT NOT NULL,
    account TEXT   NOT NULL,
    at      BIGINT NOT NULL,
    PRIMARY KEY (webhook, seq)
);
