-- From which address an audited act was asked for. Not in the event itself, which leaves by webhooks
-- and is read by every member of its project: addresses are for administrators.
CREATE TABLE journal_origins (
    seq     BIGINT NOT NULL PRIMARY KEY REFERENCES journal_events (seq),
    address TEXT   NOT NULL
);
