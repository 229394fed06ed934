-- One row per project: hands out numbers, and is the lock under which order and limits are kept.
CREATE TABLE planning_projects (
    project TEXT PRIMARY KEY,
    last_number BIGINT NOT NULL
);

-- "rank" orders the backlog: digits and lower-case letters only, so that every collation agrees.
-- "open" is 1 until the work is done; the backlog shows what is open.
CREATE TABLE planning_tickets (
    project TEXT NOT NULL,
    number BIGINT NOT NULL,
    type TEXT NOT NULL,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    criteria TEXT NOT NULL,
    state TEXT NOT NULL,
    estimate BIGINT NOT NULL,
    assignee TEXT NOT NULL,
    parent BIGINT NOT NULL,
    sprint TEXT NOT NULL,
    rank TEXT NOT NULL,
    open BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    moved_at BIGINT NOT NULL,
    PRIMARY KEY (project, number)
);
CREATE UNIQUE INDEX planning_tickets_rank ON planning_tickets (project, open, rank);
CREATE INDEX planning_tickets_state ON planning_tickets (project, state, rank);
CREATE INDEX planning_tickets_count ON planning_tickets (project, state, type);
CREATE INDEX planning_tickets_sprint ON planning_tickets (project, sprint, rank);
CREATE INDEX planning_tickets_parent ON planning_tickets (project, parent);

CREATE TABLE planning_labels (
    project TEXT NOT NULL,
    label TEXT NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (project, label, number)
);
CREATE INDEX planning_labels_number ON planning_labels (project, number);

CREATE TABLE planning_comments (
    id TEXT PRIMARY KEY,
    project TEXT NOT NULL,
    number BIGINT NOT NULL,
    author TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX planning_comments_ticket ON planning_comments (project, number, id);

-- Words of titles, labels and descriptions, folded to digits and lower-case letters.
CREATE TABLE planning_words (
    project TEXT NOT NULL,
    word TEXT NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (project, word, number)
);
CREATE INDEX planning_words_number ON planning_words (project, number);

-- What a ticket is linked to beyond planning: a subject of another phase.
CREATE TABLE planning_links (
    project TEXT NOT NULL,
    number BIGINT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    PRIMARY KEY (project, number, kind, subject)
);

CREATE TABLE planning_limits (
    project TEXT NOT NULL,
    state TEXT NOT NULL,
    most BIGINT NOT NULL,
    PRIMARY KEY (project, state)
);

CREATE TABLE planning_sprints (
    id TEXT PRIMARY KEY,
    project TEXT NOT NULL,
    name TEXT NOT NULL,
    goal TEXT NOT NULL,
    state TEXT NOT NULL,
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX planning_sprints_project ON planning_sprints (project, created_at);

-- What was left of a sprint each time it changed: the burndown.
CREATE TABLE planning_burndown (
    sprint TEXT NOT NULL,
    at BIGINT NOT NULL,
    points BIGINT NOT NULL,
    remaining BIGINT NOT NULL,
    tickets BIGINT NOT NULL,
    tickets_left BIGINT NOT NULL,
    PRIMARY KEY (sprint, at)
);

-- Where work is in git: which push brought which commit that names a ticket. "settled" is 1 once a
-- passed gate has moved the ticket, so that an older fix never closes what was opened again.
CREATE TABLE planning_commits (
    project TEXT NOT NULL,
    commit_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    fixes BIGINT NOT NULL,
    settled BIGINT NOT NULL,
    ref TEXT NOT NULL,
    push BIGINT NOT NULL,
    subject TEXT NOT NULL,
    author TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (project, commit_id, number)
);
CREATE INDEX planning_commits_ticket ON planning_commits (project, number, push);
CREATE INDEX planning_commits_push ON planning_commits (project, ref, push);

CREATE TABLE planning_pushes (
    project TEXT NOT NULL,
    ref TEXT NOT NULL,
    commit_id TEXT NOT NULL,
    push BIGINT NOT NULL,
    PRIMARY KEY (project, ref, commit_id)
);
CREATE INDEX planning_pushes_commit ON planning_pushes (project, commit_id);

-- One bug per rollback: number is 0 until it is written.
CREATE TABLE planning_follow_ups (
    project TEXT NOT NULL,
    rollout TEXT NOT NULL,
    version TEXT NOT NULL,
    environment TEXT NOT NULL,
    service TEXT NOT NULL,
    rollback BIGINT NOT NULL,
    number BIGINT NOT NULL,
    heard_at BIGINT NOT NULL,
    PRIMARY KEY (project, rollout)
);
