-- A title that Rondo wrote, as the key of a text and its arguments; empty where people wrote it.
ALTER TABLE operating_incidents ADD COLUMN title_said TEXT NOT NULL DEFAULT '';
