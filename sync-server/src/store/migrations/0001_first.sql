-- Ids are 16 raw bytes, hashes 32, instants Unix milliseconds, flags 0 or 1; JSON is text. A table, and nothing else, is
-- closed by its bracket alone on a line. org is the number of a firm: the first column of every key of a table that holds
-- firms' data. `make tidy` lists the tables without it, each with the reason. sort and find are how a row's name is sorted
-- and found (R-387): the spelling of the name, written with it; find may hold further names.
CREATE TABLE setting (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- The office: firms, people, accounts, owners, contracts, projects, plans. `body` is the noun of the domain as JSON.
-- org is given once and never again, also when a firm is gone. incarnation names the firm's data and changes with every
-- restore; server_key is the public half of the key that signs for the firm. Revisions of documents that are written from
-- now on lie above rev_base: a restore raises it, so that no revision has two meanings. behind: a phone has shown a receipt
-- for facts that are not here, so the data were put back by hand. unit: the unit of the fire service in whose jurisdiction a
-- firm lies (R-343, R-344); NULL where nobody oversees it yet. authority: the unit at the head, where the row is no firm but
-- the fire service's own people.
CREATE TABLE organisation (
    org BIGINT PRIMARY KEY,
    id BYTEA NOT NULL UNIQUE,
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    incarnation BYTEA NOT NULL UNIQUE,
    server_key BYTEA NOT NULL,
    rev_base BIGINT NOT NULL,
    behind BIGINT NOT NULL,
    unit BYTEA,
    authority BYTEA
);
-- What a firm's row said before its data were restored or its key was replaced: older stamps and receipts name it.
CREATE TABLE former_seal (
    org BIGINT NOT NULL REFERENCES organisation(org),
    incarnation BYTEA NOT NULL,
    server_key BYTEA NOT NULL,
    until_ms BIGINT NOT NULL,
    PRIMARY KEY(org, incarnation)
);
-- The firm of each login; it tells which firm's accounts to ask (R-027: a login is one account's on the whole server).
CREATE TABLE login_org (
    login TEXT PRIMARY KEY,
    org BIGINT NOT NULL REFERENCES organisation(org)
);
-- The firm of each phone's store, for phones that bring a signature and no token.
CREATE TABLE store_org (
    store_id BYTEA PRIMARY KEY,
    org BIGINT NOT NULL REFERENCES organisation(org)
);
-- gone: whether the person has left; the row stays, because history names it (R-024). identity: the number of the identity
-- card, by which somebody is found again; NULL where it is not known.
CREATE TABLE person (
    org BIGINT NOT NULL REFERENCES organisation(org),
    id BYTEA NOT NULL,
    name TEXT NOT NULL,
    sort TEXT COLLATE "C" NOT NULL,
    find TEXT COLLATE "C" NOT NULL,
    body TEXT NOT NULL,
    gone BIGINT NOT NULL DEFAULT 0,
    identity TEXT,
    PRIMARY KEY(org, id)
);
CREATE INDEX person_identity ON person(org, identity);
-- director: the appointment beside the category (A-05). find is the spelling of the login. person is NULL for the portal
-- account of an owner's contact, who is on no personnel list.
CREATE TABLE account (
    org BIGINT NOT NULL,
    id BYTEA NOT NULL,
    person BYTEA,
    login TEXT COLLATE "C" NOT NULL,
    find TEXT COLLATE "C" NOT NULL,
    phone TEXT NOT NULL,
    category TEXT NOT NULL,
    director BIGINT NOT NULL,
    enabled BIGINT NOT NULL,
    password_hash TEXT NOT NULL,
    must_change BIGINT NOT NULL,
    created_ms BIGINT NOT NULL,
    PRIMARY KEY(org, id),
    UNIQUE(org, login),
    FOREIGN KEY(org, person) REFERENCES person(org, id)
);
-- A firm's measuring instruments, by the number on them (R-366). What was taken off the list stays, retired.
CREATE TABLE instrument (
    org BIGINT NOT NULL REFERENCES organisation(org),
    number TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    retired BIGINT NOT NULL,
    sort TEXT COLLATE "C" NOT NULL,
    find TEXT COLLATE "C" NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY(org, number)
);
-- People of no firm, who see rows of several: an owner contact has the owner that it speaks for, a regulator its unit.
CREATE TABLE outsider (
    id BYTEA PRIMARY KEY,
    owner BYTEA,
    unit BYTEA
);
CREATE TABLE owner (
    org BIGINT NOT NULL REFERENCES organisation(org),
    id BYTEA NOT NULL,
    name TEXT NOT NULL,
    sort TEXT COLLATE "C" NOT NULL,
    find TEXT COLLATE "C" NOT NULL,
    body TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    changed_ms BIGINT NOT NULL,
    PRIMARY KEY(org, id),
    UNIQUE(org, name)
);
-- Who speaks for an owner: known by its portal account (R-043, R-044). find holds the name and the phone number.
CREATE TABLE contact (
    org BIGINT NOT NULL,
    account BYTEA NOT NULL,
    owner BYTEA NOT NULL,
    name TEXT NOT NULL,
    phone TEXT NOT NULL,
    sort TEXT COLLATE "C" NOT NULL,
    find TEXT COLLATE "C" NOT NULL,
    created_ms BIGINT NOT NULL,
    changed_ms BIGINT NOT NULL,
    PRIMARY KEY(org, account),
    FOREIGN KEY(org, account) REFERENCES account(org, id),
    FOREIGN KEY(org, owner) REFERENCES owner(org, id)
);
CREATE INDEX contact_owner ON contact(org, owner);
-- ended: the word of how it was ended before its time, empty while it was not (R-057).
CREATE TABLE contract (
    org BIGINT NOT NULL,
    id BYTEA NOT NULL,
    owner BYTEA NOT NULL,
    kind TEXT NOT NULL,
    sign_date TEXT NOT NULL,
    end_date TEXT NOT NULL,
    ended TEXT NOT NULL,
    sort TEXT COLLATE "C" NOT NULL,
    find TEXT COLLATE "C" NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY(org, id),
    FOREIGN KEY(org, owner) REFERENCES owner(org, id)
);
CREATE INDEX contract_owner ON contract(org, owner);
-- The settings of the region, as they were set; the last ones hold.
CREATE TABLE region (
    seq BIGINT PRIMARY KEY,
    set_ms BIGINT NOT NULL,
    body TEXT NOT NULL
);
-- How a firm works, as its manager set it; the last row holds (R-393).
CREATE TABLE ways (
    org BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    set_ms BIGINT NOT NULL,
    account BYTEA NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY(org, seq),
    FOREIGN KEY(org, account) REFERENCES account(org, id)
);
-- Units of the fire rescue service, by the names that projects give (R-076); parent is the unit above.
CREATE TABLE regulator_unit (
    id BYTEA PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    parent BYTEA,
    body TEXT NOT NULL
);
-- unit: the jurisdiction that it lies in. particulars are what phones do not get (R-067). end_date is the last day that was agreed; terminated tells whether it ended before
-- (R-058, R-330). shown: whether its owner sees it; training is not shown (R-014). city, unit_type and special stand in body and particulars
-- too; a list is narrowed by them (R-077).
CREATE TABLE project (
    org BIGINT NOT NULL,
    id BYTEA NOT NULL,
    contract BYTEA NOT NULL,
    lead BYTEA NOT NULL,
    unit BYTEA,
    end_date TEXT NOT NULL,
    terminated BIGINT NOT NULL,
    name TEXT NOT NULL,
    sort TEXT COLLATE "C" NOT NULL,
    find TEXT COLLATE "C" NOT NULL,
    body TEXT NOT NULL,
    particulars TEXT NOT NULL DEFAULT '{}',
    shown BIGINT NOT NULL DEFAULT 1,
    city TEXT NOT NULL DEFAULT '',
    unit_type TEXT NOT NULL DEFAULT '',
    special BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY(org, id),
    FOREIGN KEY(org, contract) REFERENCES contract(org, id),
    FOREIGN KEY(org, lead) REFERENCES account(org, id)
);
CREATE INDEX project_lead ON project(org, lead);
CREATE INDEX project_sort ON project(org, sort, id);
CREATE INDEX project_name ON project(org, name);
CREATE INDEX project_contract ON project(org, contract);
-- What is known of a facility of a project: the list of its instances, what was last found at each, what is still wrong
-- there (R-361, R-364). The row is the lock of its document.
CREATE TABLE history (
    org BIGINT NOT NULL,
    project BYTEA NOT NULL,
    facility TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY(org, project, facility),
    FOREIGN KEY(org, project) REFERENCES project(org, id)
);
CREATE TABLE suspension (
    org BIGINT NOT NULL,
    id BYTEA NOT NULL,
    project BYTEA NOT NULL,
    month TEXT NOT NULL,
    state TEXT NOT NULL,
    body TEXT NOT NULL,
    asked_ms BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY(org, id),
    FOREIGN KEY(org, project) REFERENCES project(org, id)
);
CREATE INDEX suspension_project ON suspension(org, project);
-- What a firm asks the fire service for, with papers (R-301, R-352). kind says what for; id is that of the form that asked.
CREATE TABLE petition (
    org BIGINT NOT NULL,
    id BYTEA NOT NULL,
    project BYTEA NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    asked_ms BIGINT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY(org, id),
    FOREIGN KEY(org, project) REFERENCES project(org, id)
);
CREATE INDEX petition_project ON petition(org, project);
-- What people of the fire service have read (R-344). org is the firm whose page it was; of a page about several firms, the
-- fire service's own. A row never changes.
CREATE TABLE reading (
    org BIGINT NOT NULL REFERENCES organisation(org),
    id BYTEA NOT NULL,
    account BYTEA NOT NULL,
    at_ms BIGINT NOT NULL,
    path TEXT NOT NULL,
    PRIMARY KEY(org, id)
);
CREATE INDEX reading_time ON reading(org, at_ms);
-- The sample of a week that a unit of the fire service has drawn (R-340); week is its Monday. body is the draw as JSON.
CREATE TABLE sample (
    org BIGINT NOT NULL REFERENCES organisation(org),
    unit BYTEA NOT NULL,
    week TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY(org, unit, week)
);
-- What the fire service found on site, or in a sample (R-340, R-342). report and task are what was compared, if anything was.
CREATE TABLE site_check (
    org BIGINT NOT NULL,
    id BYTEA NOT NULL,
    project BYTEA NOT NULL,
    report BYTEA,
    task BYTEA,
    outcome TEXT NOT NULL,
    day TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY(org, id),
    FOREIGN KEY(org, project) REFERENCES project(org, id)
);
CREATE INDEX site_check_project ON site_check(org, project);
-- id is the SHA-256 of the bytes, as in its content id.
CREATE TABLE catalogue (
    id BYTEA PRIMARY KEY,
    edition TEXT NOT NULL,
    bytes BYTEA NOT NULL
);
-- The working days of years that were imported; they go before the program's own (R-383). body is the file as JSON.
CREATE TABLE calendar_year (
    year BIGINT PRIMARY KEY,
    body TEXT NOT NULL,
    imported_ms BIGINT NOT NULL
);
-- facilities are those that the project had ticked then, as JSON (R-093).
CREATE TABLE plan (
    org BIGINT NOT NULL,
    id BYTEA NOT NULL,
    project BYTEA NOT NULL,
    nature TEXT NOT NULL,
    period TEXT NOT NULL,
    name TEXT NOT NULL,
    sort TEXT COLLATE "C" NOT NULL,
    find TEXT COLLATE "C" NOT NULL,
    catalogue BYTEA NOT NULL REFERENCES catalogue(id),
    facilities TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    PRIMARY KEY(org, id),
    UNIQUE(org, project, nature, period),
    FOREIGN KEY(org, project) REFERENCES project(org, id)
);
-- position is the order in the plan; planned_for and place are what somebody set (R-111). executor is NULL exactly while
-- the state is not_issued. task is the live task that holds the item: the one whose start was accepted first (R-136).
CREATE TABLE plan_item (
    org BIGINT NOT NULL,
    id BYTEA NOT NULL,
    plan BYTEA NOT NULL,
    position BIGINT NOT NULL,
    item_id TEXT NOT NULL,
    facility TEXT NOT NULL,
    system TEXT NOT NULL,
    state TEXT NOT NULL,
    executor BYTEA,
    task BYTEA,
    ignored_reason TEXT,
    planned_for TEXT,
    place TEXT,
    PRIMARY KEY(org, id),
    FOREIGN KEY(org, plan) REFERENCES plan(org, id)
);
CREATE INDEX plan_item_plan ON plan_item(org, plan, position);
-- id is also the id of its document; rev is the document's.
CREATE TABLE assignment (
    org BIGINT NOT NULL,
    id BYTEA NOT NULL,
    plan BYTEA NOT NULL,
    project BYTEA NOT NULL,
    executor BYTEA NOT NULL,
    rev BIGINT NOT NULL,
    PRIMARY KEY(org, id),
    UNIQUE(org, plan, executor),
    FOREIGN KEY(org, plan) REFERENCES plan(org, id),
    FOREIGN KEY(org, project) REFERENCES project(org, id),
    FOREIGN KEY(org, executor) REFERENCES account(org, id)
);
CREATE INDEX assignment_project ON assignment(org, project, executor);
-- Every revision is kept, also when the plan and its assignment are deleted: scope is judged as of capture. rev and
-- feed_seq are what `publish` gave for the executor; body is the domain's Assignment.
CREATE TABLE assignment_revision (
    org BIGINT NOT NULL,
    assignment BYTEA NOT NULL,
    rev BIGINT NOT NULL,
    feed_seq BIGINT NOT NULL,
    body TEXT NOT NULL,
    made_ms BIGINT NOT NULL,
    PRIMARY KEY(org, assignment, rev)
);
-- What people do on the console and with `firebee admin`: one row a request, unique, so that a repeated form has one
-- effect. act is what came of it, outcome what was answered.
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
-- What the work log is searched by: a copy of what the lines of acts say. A page shows the line.
-- project and account are NULL as in the line.
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

-- Sessions: one device an account. store_id is the holder; its epoch is the fencing token. The row is the account's lock:
-- feed numbers are allotted under it. digest is that of the live rows of the feed, 32 hex digits.
CREATE TABLE session (
    org BIGINT NOT NULL,
    account BYTEA NOT NULL,
    epoch BIGINT NOT NULL,
    store_id BYTEA,
    feed_head BIGINT NOT NULL,
    purged_through BIGINT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY(org, account),
    FOREIGN KEY(org, account) REFERENCES account(org, id)
);
-- state: active, closed (succeeded or released), revoked. succeeds is the store it took over from. cursor_seq is the
-- greatest cursor it acknowledged; floor_ms the earliest instant of its last fact, below which no later fact lies. Facts
-- up to late_through come late: its phone had lost the account before it sent them. freed_by is the act that took the
-- account from it, until it claims again. app to skew_ms are what its last pull told: the app's version, the bytes that are
-- free and that the app keeps, and how far its clock is ahead of the server's.
CREATE TABLE device_store (
    org BIGINT NOT NULL,
    store_id BYTEA NOT NULL,
    account BYTEA NOT NULL,
    install_id BYTEA NOT NULL,
    public_key BYTEA NOT NULL,
    device TEXT NOT NULL,
    sort TEXT COLLATE "C" NOT NULL,
    find TEXT COLLATE "C" NOT NULL,
    state TEXT NOT NULL,
    epoch BIGINT NOT NULL,
    claimed_ms BIGINT NOT NULL,
    last_seen_ms BIGINT NOT NULL,
    unsent_facts BIGINT NOT NULL,
    unsent_blobs BIGINT NOT NULL,
    watermark BIGINT NOT NULL,
    chain BYTEA NOT NULL,
    succeeds BYTEA,
    cursor_seq BIGINT NOT NULL,
    last_boot BYTEA,
    last_boot_ms BIGINT,
    last_said_ms BIGINT,
    late_through BIGINT NOT NULL DEFAULT 0,
    freed_by BYTEA,
    app TEXT,
    free_bytes BIGINT,
    kept_bytes BIGINT,
    skew_ms BIGINT,
    PRIMARY KEY(org, store_id),
    FOREIGN KEY(org, account) REFERENCES account(org, id)
);
CREATE INDEX device_store_account ON device_store(org, account);
-- Instants of the server's clock before which no fact from a seq on was recorded: claims, and stamps that facts carry.
-- at_ms does not fall with from_seq.
CREATE TABLE floor (
    org BIGINT NOT NULL,
    store_id BYTEA NOT NULL,
    from_seq BIGINT NOT NULL,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY(org, store_id, from_seq)
);
-- Heads of a journal that a push named before their facts came. state: open, fits, void.
CREATE TABLE commitment (
    org BIGINT NOT NULL,
    store_id BYTEA NOT NULL,
    seq BIGINT NOT NULL,
    chain BYTEA NOT NULL,
    received_ms BIGINT NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY(org, store_id, seq)
);
CREATE TABLE claim (
    org BIGINT NOT NULL,
    claim_id BYTEA NOT NULL,
    account BYTEA NOT NULL,
    store_id BYTEA NOT NULL,
    epoch BIGINT NOT NULL,
    request TEXT NOT NULL,
    receipt TEXT NOT NULL,
    issued_ms BIGINT NOT NULL,
    PRIMARY KEY(org, claim_id)
);
CREATE INDEX claim_store ON claim(org, store_id);
-- Doors: a hash that a request brings leads to the firm, so neither is keyed by it. They end when their firm is restored.
-- late: the token opens only the way for what its phone has recorded.
CREATE TABLE token (
    hash BYTEA PRIMARY KEY,
    org BIGINT NOT NULL,
    kind TEXT NOT NULL,
    account BYTEA NOT NULL,
    store_id BYTEA NOT NULL,
    epoch BIGINT NOT NULL,
    claim_id BYTEA NOT NULL,
    expires_ms BIGINT NOT NULL,
    late BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX token_store ON token(org, store_id);
CREATE TABLE console_session (
    hash BYTEA PRIMARY KEY,
    org BIGINT NOT NULL,
    account BYTEA NOT NULL,
    csrf TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    seen_ms BIGINT NOT NULL,
    expires_ms BIGINT NOT NULL,
    FOREIGN KEY(org, account) REFERENCES account(org, id)
);
CREATE INDEX console_session_account ON console_session(org, account);
-- Tables that the office brought (R-372). head is the number of the row with the titles; headings and cells are JSON.
CREATE TABLE import_batch (
    org BIGINT NOT NULL,
    id BYTEA NOT NULL,
    kind TEXT NOT NULL,
    account BYTEA NOT NULL,
    file TEXT NOT NULL,
    state TEXT NOT NULL,
    head BIGINT NOT NULL,
    headings TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    PRIMARY KEY(org, id),
    FOREIGN KEY(org, account) REFERENCES account(org, id)
);
-- Their rows. subject is what a row made or changed, earlier what that was before; told is what is wrong, as JSON.
CREATE TABLE import_row (
    org BIGINT NOT NULL,
    batch BYTEA NOT NULL,
    number BIGINT NOT NULL,
    state TEXT NOT NULL,
    doubt BIGINT NOT NULL,
    cells TEXT NOT NULL,
    told TEXT NOT NULL,
    subject BYTEA,
    earlier TEXT,
    PRIMARY KEY(org, batch, number),
    FOREIGN KEY(org, batch) REFERENCES import_batch(org, id)
);
-- The views of lists that people named for themselves (R-387): an address under a name.
CREATE TABLE saved_view (
    org BIGINT NOT NULL,
    account BYTEA NOT NULL,
    id BYTEA NOT NULL,
    list TEXT NOT NULL,
    name TEXT NOT NULL,
    sort TEXT COLLATE "C" NOT NULL,
    address TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    PRIMARY KEY(org, account, id),
    UNIQUE(org, account, list, name),
    FOREIGN KEY(org, account) REFERENCES account(org, id)
);
CREATE TABLE nonce (
    hash BYTEA PRIMARY KEY,
    expires_ms BIGINT NOT NULL
);
CREATE TABLE sign_in_failure (
    login TEXT NOT NULL,
    address TEXT NOT NULL,
    failures BIGINT NOT NULL,
    last_ms BIGINT NOT NULL,
    PRIMARY KEY(login, address)
);
-- When each store acknowledged a cursor, for scope as of capture.
CREATE TABLE cursor_ack (
    org BIGINT NOT NULL,
    store_id BYTEA NOT NULL,
    feed_seq BIGINT NOT NULL,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY(org, store_id, feed_seq)
);

-- Pushes as they came: one zstd frame; its last `count` lines are those of the store from first_seq on. received_ms does
-- not fall with first_seq.
CREATE TABLE push (
    org BIGINT NOT NULL,
    store_id BYTEA NOT NULL,
    first_seq BIGINT NOT NULL,
    count BIGINT NOT NULL,
    received_ms BIGINT NOT NULL,
    bytes BYTEA NOT NULL,
    PRIMARY KEY(org, store_id, first_seq)
);
-- The place of each fact: where it counts, or came in first. Ids ascend; a key that falls anywhere, as a hash does, would
-- touch a page of its own for each fact. A line has no row here whose id could not be read, belongs to another fact or
-- names another account.
CREATE TABLE fact (
    org BIGINT NOT NULL,
    id BYTEA NOT NULL,
    store_id BYTEA NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY(org, id)
);
-- What became of a line at its place. A line that was accepted has no row.
CREATE TABLE outcome (
    org BIGINT NOT NULL,
    store_id BYTEA NOT NULL,
    seq BIGINT NOT NULL,
    code TEXT NOT NULL,
    PRIMARY KEY(org, store_id, seq)
);
-- Runs of facts that had no anchor of their boot: their bounds are taken anew when one arrives.
CREATE TABLE loose (
    org BIGINT NOT NULL,
    store_id BYTEA NOT NULL,
    first_seq BIGINT NOT NULL,
    last_seq BIGINT NOT NULL,
    boot_id BYTEA NOT NULL,
    PRIMARY KEY(org, store_id, first_seq)
);
-- Lines of pushes that diverged, as they came; their facts wait for a decision in a store beside, whose epoch is 0.
CREATE TABLE conflict (
    org BIGINT NOT NULL,
    store_id BYTEA NOT NULL,
    seq BIGINT NOT NULL,
    content_hash BYTEA NOT NULL,
    bytes BYTEA NOT NULL,
    received_ms BIGINT NOT NULL,
    PRIMARY KEY(org, store_id, seq, content_hash)
);
CREATE TABLE receipt (
    org BIGINT NOT NULL,
    store_id BYTEA NOT NULL,
    seq BIGINT NOT NULL,
    chain BYTEA NOT NULL,
    received_ms BIGINT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY(org, store_id, seq)
);
CREATE TABLE head_signature (
    org BIGINT NOT NULL,
    store_id BYTEA NOT NULL,
    seq BIGINT NOT NULL,
    sig BYTEA NOT NULL,
    PRIMARY KEY(org, store_id, seq)
);
-- The quarantine: what was received and does not count. document is the id of its document; late says whether the fact
-- came late and nobody has adopted it; adopted, whether somebody has taken it into account: then it is judged by the plan
-- as it stands.
CREATE TABLE parked (
    org BIGINT NOT NULL,
    store_id BYTEA NOT NULL,
    seq BIGINT NOT NULL,
    content_hash BYTEA NOT NULL,
    document TEXT NOT NULL,
    account BYTEA NOT NULL,
    project BYTEA,
    task BYTEA,
    code TEXT NOT NULL,
    since_ms BIGINT NOT NULL,
    decision TEXT,
    late BIGINT NOT NULL DEFAULT 0,
    adopted BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY(org, store_id, seq)
);
CREATE INDEX parked_content ON parked(org, content_hash);
CREATE INDEX parked_project ON parked(org, project);
CREATE INDEX parked_task ON parked(org, task);
-- Anchors that devices noted, for bounds that are tightened later.
CREATE TABLE anchor (
    org BIGINT NOT NULL,
    store_id BYTEA NOT NULL,
    boot_id BYTEA NOT NULL,
    boot_ms BIGINT NOT NULL,
    server_ms BIGINT NOT NULL,
    rtt_ms BIGINT NOT NULL,
    PRIMARY KEY(org, store_id, boot_id, boot_ms)
);
-- What phones noted about themselves, each at the place of its fact. note is the body of the fact and stamp its time, both
-- JSON; at_ms is the last instant at which it can have been, place is store:seq. Anchors have a table of their own.
CREATE TABLE device_note (
    org BIGINT NOT NULL,
    store_id BYTEA NOT NULL,
    seq BIGINT NOT NULL,
    place TEXT NOT NULL,
    boot_id BYTEA NOT NULL,
    note TEXT NOT NULL,
    stamp TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY(org, store_id, seq)
);

-- Tasks: what is asked by query; the task itself is the body of its document. The row is the task's lock. in_time: whether
-- the last round came in time (R-128, R-221): in_time, late or not_provable; NULL before it is handed in, and outside the
-- plan. started and submitted are stamps as JSON, and so are found and made of the tables below: what is proved, and what
-- the phone states. Lists are sorted by the instants beside them. reviewer: who decided last. plan is NULL outside the plan (R-124, R-125).
CREATE TABLE task (
    org BIGINT NOT NULL,
    id BYTEA NOT NULL,
    project BYTEA NOT NULL,
    plan BYTEA,
    kind TEXT NOT NULL,
    executor BYTEA NOT NULL,
    state TEXT NOT NULL,
    round BIGINT NOT NULL,
    name TEXT NOT NULL,
    sort TEXT COLLATE "C" NOT NULL,
    find TEXT COLLATE "C" NOT NULL,
    day TEXT NOT NULL,
    number BIGINT NOT NULL,
    started TEXT NOT NULL,
    started_ms BIGINT NOT NULL,
    submitted TEXT,
    submitted_ms BIGINT,
    in_time TEXT,
    reviewer BYTEA,
    judged BIGINT NOT NULL,
    event BYTEA,
    PRIMARY KEY(org, id),
    FOREIGN KEY(org, project) REFERENCES project(org, id)
);
CREATE INDEX task_event ON task(org, event) WHERE event IS NOT NULL;
CREATE INDEX task_project ON task(org, project, state);
CREATE INDEX task_unjudged ON task(org, id) WHERE judged = 0;
CREATE INDEX task_executor ON task(org, executor, state, project);
CREATE UNIQUE INDEX task_number ON task(org, project, day, number);
-- The orders of the list, so that a page reads no more than its rows.
CREATE INDEX task_time ON task(org, COALESCE(submitted_ms, started_ms), id);
CREATE INDEX task_state_time ON task(org, state, COALESCE(submitted_ms, started_ms), id);
CREATE INDEX task_name ON task(org, sort, id);
-- All that the list is narrowed by, so that its counts read no rows.
CREATE INDEX task_count ON task(org, state, in_time, project, executor, kind, plan, day, submitted_ms);

-- Faults: what is asked by query; the fault itself is the body of its document. The row is the fault's lock. name is that
-- of its item.
CREATE TABLE fault (
    org BIGINT NOT NULL,
    id BYTEA NOT NULL,
    project BYTEA NOT NULL,
    task BYTEA NOT NULL,
    name TEXT NOT NULL,
    sort TEXT COLLATE "C" NOT NULL,
    find TEXT COLLATE "C" NOT NULL,
    state TEXT NOT NULL,
    found TEXT NOT NULL,
    found_ms BIGINT NOT NULL,
    PRIMARY KEY(org, id),
    FOREIGN KEY(org, project) REFERENCES project(org, id),
    FOREIGN KEY(org, task) REFERENCES task(org, id)
);
CREATE INDEX fault_task ON fault(org, task);
CREATE INDEX fault_project ON fault(org, project, state);
CREATE INDEX fault_state ON fault(org, state, found_ms);

-- Dispatches: what is asked by query; the dispatch itself is the body of its document. The row is the dispatch's lock.
-- name is that of the item; told says whether its team lead has been told; ended_ms when its work ended, NULL before.
CREATE TABLE dispatch (
    org BIGINT NOT NULL,
    id BYTEA NOT NULL,
    project BYTEA NOT NULL,
    task BYTEA NOT NULL,
    fault BYTEA NOT NULL,
    name TEXT NOT NULL,
    sort TEXT COLLATE "C" NOT NULL,
    find TEXT COLLATE "C" NOT NULL,
    kind TEXT NOT NULL,
    team_lead BYTEA NOT NULL,
    state TEXT NOT NULL,
    told BIGINT NOT NULL,
    made TEXT NOT NULL,
    made_ms BIGINT NOT NULL,
    ended_ms BIGINT,
    PRIMARY KEY(org, id),
    FOREIGN KEY(org, project) REFERENCES project(org, id),
    FOREIGN KEY(org, fault) REFERENCES fault(org, id)
);
CREATE INDEX dispatch_task ON dispatch(org, task);
CREATE INDEX dispatch_project ON dispatch(org, project, state);
CREATE INDEX dispatch_team_lead ON dispatch(org, team_lead, state);

-- Documents and the feeds that carry them; live rows hold distinct numbers, an update moves its row. A body is JSON in a
-- zstd frame; one that is NULL is gone. previous is the body of the revision before, for patches.
CREATE TABLE document (
    org BIGINT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    rev BIGINT NOT NULL,
    body BYTEA,
    previous BYTEA,
    PRIMARY KEY(org, kind, id)
);
-- patch_after: who has reached this number holds the revision before the one that stands here.
CREATE TABLE feed (
    org BIGINT NOT NULL,
    account BYTEA NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    feed_seq BIGINT NOT NULL,
    rev BIGINT NOT NULL,
    deleted BIGINT NOT NULL,
    patch_after BIGINT,
    PRIMARY KEY(org, account, kind, id)
);
CREATE UNIQUE INDEX feed_number ON feed(org, account, feed_seq);
CREATE INDEX feed_document ON feed(org, kind, id);

-- How far each feed was at some time, once a day: tombstones below an old mark are as old.
CREATE TABLE feed_mark (
    org BIGINT NOT NULL,
    account BYTEA NOT NULL,
    feed_seq BIGINT NOT NULL,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY(org, account, feed_seq)
);

-- Blobs; state: announced, receiving, verified, lost. crc32 is of a verified one, from the same pass as its hash.
-- exif is what a camera wrote into a verified picture, read from its bytes, as JSON.
CREATE TABLE blob (
    org BIGINT NOT NULL,
    id BYTEA NOT NULL,
    len BIGINT NOT NULL,
    mime TEXT NOT NULL,
    state TEXT NOT NULL,
    verified_ms BIGINT,
    media TEXT,
    exif TEXT,
    crc32 BIGINT,
    expired_ms BIGINT,
    removed BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY(org, id)
);
CREATE INDEX blob_expired ON blob(org, id) WHERE expired_ms IS NOT NULL AND removed = 0;
CREATE INDEX blob_unverified ON blob(org, id) WHERE state <> 'verified';
-- received_ms: when the server first received the fact that names the blob. Role and task come from that fact. len is what
-- it announced: an upload has one of the lengths that were announced for its blob.
CREATE TABLE blob_use (
    org BIGINT NOT NULL,
    blob BYTEA NOT NULL,
    fact BYTEA NOT NULL,
    account BYTEA NOT NULL,
    project BYTEA,
    task BYTEA,
    role TEXT NOT NULL,
    len BIGINT NOT NULL,
    received_ms BIGINT NOT NULL,
    PRIMARY KEY(org, blob, fact, role)
);
CREATE INDEX blob_use_task ON blob_use(org, task);
-- Unfinished uploads by pieces. Every store has its own, so no phone disturbs what another has begun. The first received
-- bytes of the file that part numbers are synced. writer is the request that writes the file now, wanted the newest that
-- asked to. beat grows with every sign of life of a writer.
CREATE TABLE upload (
    org BIGINT NOT NULL,
    blob BYTEA NOT NULL,
    store_id BYTEA NOT NULL,
    len BIGINT NOT NULL,
    received BIGINT NOT NULL,
    part BIGINT NOT NULL,
    writer BIGINT,
    wanted BIGINT NOT NULL,
    beat BIGINT NOT NULL,
    touched_ms BIGINT NOT NULL,
    PRIMARY KEY(org, blob, store_id)
);
CREATE INDEX upload_store ON upload(org, store_id);
-- Who brought a file that belongs to a decision or a handling (R-151, R-177, R-178). Only who brought it may use it.
CREATE TABLE attachment (
    org BIGINT NOT NULL,
    account BYTEA NOT NULL,
    blob BYTEA NOT NULL,
    len BIGINT NOT NULL,
    PRIMARY KEY(org, blob, account)
);

-- Reports: what is asked by query; body is the domain's Report, snapshot the exact JSON of what it says, in a zstd frame.
-- filed is the day on which it was filed, NULL before; late whether that, or today, is after its deadline is asked of the
-- days. voided is the day since which it counts no more: a plan has one report that counts. untestable is how many items could
-- not be tested. pdf is the file that was made of the snapshot, NULL until then.
CREATE TABLE report (
    org BIGINT NOT NULL,
    id BYTEA NOT NULL,
    project BYTEA NOT NULL,
    plan BYTEA NOT NULL,
    kind TEXT NOT NULL,
    form TEXT NOT NULL,
    code TEXT COLLATE "C" NOT NULL,
    name TEXT NOT NULL,
    sort TEXT COLLATE "C" NOT NULL,
    find TEXT COLLATE "C" NOT NULL,
    report_date TEXT NOT NULL,
    deadline TEXT NOT NULL,
    filed TEXT,
    voided TEXT,
    untestable BIGINT NOT NULL,
    body TEXT NOT NULL,
    snapshot BYTEA NOT NULL,
    pdf BYTEA,
    PRIMARY KEY(org, id),
    FOREIGN KEY(org, project) REFERENCES project(org, id),
    FOREIGN KEY(org, plan) REFERENCES plan(org, id)
);
CREATE INDEX report_project ON report(org, project);
CREATE UNIQUE INDEX report_plan ON report(org, plan) WHERE voided IS NULL;
CREATE UNIQUE INDEX report_by_code ON report(org, code);
CREATE INDEX report_by_date ON report(org, report_date, id) WHERE voided IS NULL;
CREATE INDEX report_waiting ON report(org, deadline) WHERE filed IS NULL;
-- The report that a task is in: one at most (R-213).
CREATE TABLE report_task (
    org BIGINT NOT NULL,
    task BYTEA NOT NULL,
    report BYTEA NOT NULL,
    PRIMARY KEY(org, task),
    FOREIGN KEY(org, report) REFERENCES report(org, id)
);
CREATE INDEX report_task_report ON report_task(org, report);
-- The pictures of a report by their numbers, so that showing one unpacks no snapshot.
CREATE TABLE report_picture (
    org BIGINT NOT NULL,
    report BYTEA NOT NULL,
    shows TEXT NOT NULL,
    number BIGINT NOT NULL,
    blob BYTEA NOT NULL,
    PRIMARY KEY(org, report, shows, number),
    FOREIGN KEY(org, report) REFERENCES report(org, id)
);
-- Every code that a report ever had: none is used twice, also after a deletion (R-377).
CREATE TABLE report_code (
    org BIGINT NOT NULL,
    code TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY(org, code)
);
-- The firm and the report of each code that a cover shows, for whoever verifies one and knows no firm (R-379).
CREATE TABLE report_verification (
    code TEXT COLLATE "C" PRIMARY KEY,
    org BIGINT NOT NULL,
    report BYTEA NOT NULL
);
-- Repair requests of owners (R-278): what is asked by query; body is the domain's Repair. fault is the one that the firm took it
-- up as, NULL until then. find holds what is wrong and where.
CREATE TABLE repair (
    org BIGINT NOT NULL,
    id BYTEA NOT NULL,
    project BYTEA NOT NULL,
    state TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    fault BYTEA,
    find TEXT COLLATE "C" NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY(org, id),
    FOREIGN KEY(org, project) REFERENCES project(org, id)
);
CREATE INDEX repair_project ON repair(org, project, state);
CREATE INDEX repair_fault ON repair(org, fault);
-- The address by which anybody calls for a repair of a project (R-382), while it is open. The code is all of the licence.
CREATE TABLE repair_door (
    code TEXT COLLATE "C" PRIMARY KEY,
    org BIGINT NOT NULL,
    project BYTEA NOT NULL,
    opened_ms BIGINT NOT NULL,
    UNIQUE(org, project),
    FOREIGN KEY(org, project) REFERENCES project(org, id)
);
-- The first look of an owner's contact at a report or a fault, each once (R-046, R-280). kind says which of the two it is.
CREATE TABLE look (
    org BIGINT NOT NULL,
    id BYTEA NOT NULL,
    kind TEXT NOT NULL,
    subject BYTEA NOT NULL,
    account BYTEA NOT NULL,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY(org, id),
    UNIQUE(org, kind, subject, account),
    FOREIGN KEY(org, account) REFERENCES contact(org, account)
);
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
-- Tokens of programs (R-388): body is the domain's ApiToken. expires_ms and revoked stand in it too. used_ms is when it was used last.
CREATE TABLE api_token (
    org BIGINT NOT NULL,
    id BYTEA NOT NULL,
    account BYTEA NOT NULL,
    sort TEXT COLLATE "C" NOT NULL,
    find TEXT COLLATE "C" NOT NULL,
    made_ms BIGINT NOT NULL,
    expires_ms BIGINT NOT NULL,
    revoked BIGINT NOT NULL,
    used_ms BIGINT,
    body TEXT NOT NULL,
    PRIMARY KEY(org, id),
    FOREIGN KEY(org, account) REFERENCES account(org, id)
);
-- The token of each secret, found by the hash of what a program brings.
CREATE TABLE api_token_door (
    hash BYTEA PRIMARY KEY,
    org BIGINT NOT NULL,
    token BYTEA NOT NULL
);
-- Each use of a token, kept for 90 days: when, what was asked for, and the code by which it was refused, empty where it was not.
CREATE TABLE api_use (
    org BIGINT NOT NULL,
    id BYTEA NOT NULL,
    token BYTEA NOT NULL,
    at_ms BIGINT NOT NULL,
    path TEXT NOT NULL,
    refused TEXT NOT NULL,
    PRIMARY KEY(org, id),
    FOREIGN KEY(org, token) REFERENCES api_token(org, id)
);
CREATE INDEX api_use_token ON api_use(org, token, at_ms);
-- Addresses of programs that are told what happens (R-388): body is the domain's Webhook. told: whether it is told anything now.
-- taken_ms: until when one server talks with it, and when it is over, when that was.
CREATE TABLE webhook (
    org BIGINT NOT NULL,
    id BYTEA NOT NULL,
    account BYTEA NOT NULL,
    sort TEXT COLLATE "C" NOT NULL,
    find TEXT COLLATE "C" NOT NULL,
    made_ms BIGINT NOT NULL,
    told BIGINT NOT NULL,
    taken_ms BIGINT NOT NULL DEFAULT 0,
    body TEXT NOT NULL,
    PRIMARY KEY(org, id),
    FOREIGN KEY(org, account) REFERENCES account(org, id)
);
-- What they are told: one message for each event and webhook, written with what happened. next_ms is when it is tried next, NULL
-- once it was delivered or given up; answer says how the last attempt ended. A message is kept for 90 days.
CREATE TABLE webhook_message (
    org BIGINT NOT NULL,
    id BYTEA NOT NULL,
    webhook BYTEA NOT NULL,
    event TEXT NOT NULL,
    subject BYTEA NOT NULL,
    project BYTEA NOT NULL,
    at_ms BIGINT NOT NULL,
    next_ms BIGINT,
    attempts BIGINT NOT NULL DEFAULT 0,
    tried_ms BIGINT,
    delivered BIGINT NOT NULL DEFAULT 0,
    answer TEXT NOT NULL DEFAULT '',
    PRIMARY KEY(org, id),
    FOREIGN KEY(org, webhook) REFERENCES webhook(org, id)
);
CREATE INDEX webhook_message_due ON webhook_message(org, webhook, next_ms) WHERE next_ms IS NOT NULL;
CREATE INDEX webhook_message_webhook ON webhook_message(org, webhook, at_ms);
-- Robots of chat groups (R-388): body is the domain's Robot, sealed its address and its secret, for the firm's own key. slot is the
-- quarter of an hour in which it was looked at last, said the counts that the group knows, answer how the last message ended.
CREATE TABLE robot (
    org BIGINT NOT NULL,
    id BYTEA NOT NULL,
    account BYTEA NOT NULL,
    sort TEXT COLLATE "C" NOT NULL,
    find TEXT COLLATE "C" NOT NULL,
    made_ms BIGINT NOT NULL,
    told BIGINT NOT NULL,
    slot BIGINT,
    said TEXT,
    said_ms BIGINT,
    answer TEXT NOT NULL DEFAULT '',
    sealed BYTEA NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY(org, id),
    FOREIGN KEY(org, account) REFERENCES account(org, id)
);
-- What connected fire systems told (R-392), each event once by the id that its source gives it. at_ms is the time of the source,
-- received_ms the server's, repair the request that it was turned into.
CREATE TABLE monitoring_event (
    org BIGINT NOT NULL,
    project BYTEA NOT NULL,
    source TEXT NOT NULL,
    source_id TEXT NOT NULL,
    id BYTEA NOT NULL,
    signal TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    received_ms BIGINT NOT NULL,
    place TEXT NOT NULL,
    says TEXT NOT NULL,
    find TEXT COLLATE "C" NOT NULL,
    repair BYTEA,
    executor BYTEA,
    ordered_by BYTEA,
    ordered_ms BIGINT,
    PRIMARY KEY(org, project, source, source_id),
    UNIQUE(org, id),
    FOREIGN KEY(org, project) REFERENCES project(org, id),
    FOREIGN KEY(org, repair) REFERENCES repair(org, id)
);
CREATE INDEX monitoring_event_time ON monitoring_event(org, project, at_ms);
