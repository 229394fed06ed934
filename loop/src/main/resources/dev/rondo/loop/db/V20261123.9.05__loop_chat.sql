-- Signatures of the chat's requests of the last minutes: none is carried out twice.
CREATE TABLE loop_chat_heard (
    signature TEXT   NOT NULL PRIMARY KEY,
    at        BIGINT NOT NULL
);
CREATE INDEX loop_chat_heard_at ON loop_chat_heard (at);

-- Nobody is acted for in a chat who has not agreed to it.
ALTER TABLE loop_chat_people ADD COLUMN confirmed BOOLEAN NOT NULL DEFAULT FALSE;
