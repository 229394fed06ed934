-- The events of tags that were pushed together with at least three others.
CREATE TABLE coding_tag_heaps (
    seq BIGINT NOT NULL PRIMARY KEY
);
