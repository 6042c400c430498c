-- unit: the unit of the fire service in whose jurisdiction a firm lies (R-343, R-344); NULL where nobody oversees it yet.
-- authority: the unit at the head, where the row is no firm but the fire service's own people.
ALTER TABLE organisation ADD COLUMN unit BYTEA;
ALTER TABLE organisation ADD COLUMN authority BYTEA;
-- gone: whether the person has left; the row stays, because history names it (R-024). identity: the number of the identity
-- card, by which somebody is found again; NULL where it is not known.
ALTER TABLE person ADD COLUMN gone BIGINT NOT NULL DEFAULT 0;
ALTER TABLE person ADD COLUMN identity TEXT;
CREATE INDEX person_identity ON person(org, identity);

-- Applications to change the personnel list (R-018). at_ms: when it was drawn up. sort and find are those of the person.
CREATE TABLE personnel_change (
    org BIGINT NOT NULL REFERENCES organisation(org),
    id BYTEA NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    sort TEXT COLLATE "C" NOT NULL,
    find TEXT COLLATE "C" NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY(org, id)
);
-- First applications of firms (R-002): org is that of the fire service, whose unit opened it. link is the hash of the secret
-- in the address that the firm was given; firm is the id of the firm that was made of it.
CREATE TABLE application (
    org BIGINT NOT NULL REFERENCES organisation(org),
    id BYTEA NOT NULL,
    unit BYTEA NOT NULL,
    state TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    sort TEXT COLLATE "C" NOT NULL,
    find TEXT COLLATE "C" NOT NULL,
    firm BYTEA,
    body TEXT NOT NULL,
    PRIMARY KEY(org, id)
);
-- The application of each secret link: whoever brings one is not signed in.
CREATE TABLE application_link (
    hash BYTEA PRIMARY KEY,
    org BIGINT NOT NULL,
    application BYTEA NOT NULL
);
