-- What the work log is searched by: a copy of what the lines of acts say, made anew from them where it is missing. A page
-- shows the line. project and account are NULL as in the line.
CREATE TABLE act_entry (
    org BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    at_ms BIGINT NOT NULL,
    kind TEXT NOT NULL,
    account BYTEA,
    project BYTEA,
    subject TEXT NOT NULL,
    PRIMARY KEY(org, seq)
);
CREATE INDEX act_entry_account ON act_entry(org, account, seq);
CREATE INDEX act_entry_subject ON act_entry(org, subject, seq);
CREATE INDEX act_entry_project ON act_entry(org, project, seq);
