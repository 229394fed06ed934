-- What an event says in English, as the key of a text and its arguments: for readers of other languages.
CREATE TABLE journal_wordings (
    seq  BIGINT NOT NULL PRIMARY KEY REFERENCES journal_events (seq),
    said TEXT   NOT NULL
);
