-- What people do on the console and with `firebee admin`.
DROP TABLE office_event;
-- One row a request, unique, so that a repeated form has one effect. act is what came of it, outcome what was answered.
CREATE TABLE office_request (
    org BIGINT NOT NULL,
    request BYTEA NOT NULL,
    act BYTEA NOT NULL,
    outcome TEXT NOT NULL,
    PRIMARY KEY(org, request)
);
-- Acts: exact lines in a chain of the firm, dense from 1. A row is written once and never changes.
CREATE TABLE act (
    org BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    id BYTEA NOT NULL,
    line BYTEA NOT NULL,
    chain BYTEA NOT NULL,
    incarnation BYTEA NOT NULL,
    server_key TEXT NOT NULL,
    sig TEXT NOT NULL,
    PRIMARY KEY(org, seq),
    UNIQUE(org, id)
);
-- How long the chain is. The row is the chain's lock, and the last one that a transaction takes.
CREATE TABLE act_head (
    org BIGINT PRIMARY KEY,
    seq BIGINT NOT NULL
);
