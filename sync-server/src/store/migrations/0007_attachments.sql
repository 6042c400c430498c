-- Who brought a file that belongs to a decision or a handling (R-151, R-177, R-178). Only who brought it may use it.
CREATE TABLE attachment (
    org BIGINT NOT NULL,
    account BYTEA NOT NULL,
    blob BYTEA NOT NULL,
    len BIGINT NOT NULL,
    brought_ms BIGINT NOT NULL,
    PRIMARY KEY(org, blob, account)
);
