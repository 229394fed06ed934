-- While a silence lasts, the alerts that it matches are recorded, and nobody hears of them.
CREATE TABLE monitoring_silence (
    id         TEXT   NOT NULL PRIMARY KEY,
    project    TEXT   NOT NULL,
    matchers   TEXT   NOT NULL,
    comment    TEXT   NOT NULL,
    account    TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    ends_at    BIGINT NOT NULL,
    ended_by   TEXT   NOT NULL
);
CREATE INDEX monitoring_silence_ends ON monitoring_silence (project, ends_at);

-- Whether its firing was recorded only: then somebody is to be told when the silence ends before it.
ALTER TABLE monitoring_alert ADD COLUMN muted BOOLEAN NOT NULL DEFAULT FALSE;

-- The usual sentence as the key of a text and its arguments; empty where the rule's author wrote one.
ALTER TABLE monitoring_alert ADD COLUMN said TEXT NOT NULL DEFAULT '';
