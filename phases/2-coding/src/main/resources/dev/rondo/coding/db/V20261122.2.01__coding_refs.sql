-- What the journal knows of each ref: where it differs from git, a crash came between the two.
CREATE TABLE coding_refs (
    project  TEXT   NOT NULL,
    ref      TEXT   NOT NULL,
    target   TEXT   NOT NULL,
    moved_at BIGINT NOT NULL,
    PRIMARY KEY (project, ref)
);

-- Which commits name which work item, for the panel on the item's page.
CREATE TABLE coding_mentions (
    project     TEXT    NOT NULL,
    ticket      BIGINT  NOT NULL,
    commit_id   TEXT    NOT NULL,
    fixes       BOOLEAN NOT NULL,
    subject     TEXT    NOT NULL,
    author      TEXT    NOT NULL,
    authored_at BIGINT  NOT NULL,
    PRIMARY KEY (project, ticket, commit_id)
);
