-- What a session is called where its owner ends it, and from where it was seen last. Part of a hash
-- of 256 random bits tells nothing of them.
ALTER TABLE access_sessions ADD COLUMN id TEXT NOT NULL DEFAULT '';
ALTER TABLE access_sessions ADD COLUMN address TEXT NOT NULL DEFAULT '';
UPDATE access_sessions SET id = substr(hash, 1, 24);
