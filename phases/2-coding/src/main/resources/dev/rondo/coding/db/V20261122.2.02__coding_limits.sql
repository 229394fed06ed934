-- What an owner allows less of than the installation does.
CREATE TABLE coding_limits (
    project        TEXT   NOT NULL PRIMARY KEY,
    max_push_bytes BIGINT NOT NULL
);
