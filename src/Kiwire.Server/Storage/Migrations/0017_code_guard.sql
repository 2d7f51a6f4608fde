-- What codes were sent from where and to where, as the guard counts them; a row belongs to one window and is deleted when that is over.
CREATE TABLE guard_counters (
    tenant_id    BIGINT   NOT NULL,
    kind         SMALLINT NOT NULL,              -- 0 tenant and day, 1 number and day, 2 source and hour, 3 source and day, 4 country and hour,
                                                 -- 5 country and day, 6 rows of guard_decisions and day
    window_start BIGINT   NOT NULL,
    subject      TEXT     NOT NULL,              -- '', keyed hash of the number, address or device, country
    sent         BIGINT   NOT NULL,
    unverified   BIGINT   NOT NULL,              -- of those, to numbers of which no code was verified
    verified     BIGINT   NOT NULL,
    segments     BIGINT   NOT NULL,              -- of the tenant's: what the budget is spent on
    PRIMARY KEY (tenant_id, kind, window_start, subject)
);
CREATE INDEX guard_counters_by_age ON guard_counters (window_start);

-- To which countries a source had codes sent on a day.
CREATE TABLE guard_countries (
    tenant_id    BIGINT NOT NULL,
    source       TEXT   NOT NULL,
    window_start BIGINT NOT NULL,
    country      TEXT   NOT NULL,
    unverified   BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, source, window_start, country)
);
CREATE INDEX guard_countries_by_age ON guard_countries (window_start);

-- Where each code is counted, until the windows are over.
CREATE TABLE guard_codes (
    tenant_id  BIGINT   NOT NULL,
    code_id    BIGINT   NOT NULL,
    phone_hash TEXT     NOT NULL,                -- keyed hash of the number
    source     TEXT     NOT NULL,                -- '' where it is not known
    country    TEXT     NOT NULL,
    hour_start BIGINT   NOT NULL,
    day_start  BIGINT   NOT NULL,
    counted    SMALLINT NOT NULL,                -- 1 as sent and not verified
    verified   SMALLINT NOT NULL,
    PRIMARY KEY (tenant_id, code_id)
);
CREATE INDEX guard_codes_counted ON guard_codes (tenant_id, phone_hash) WHERE counted = 1;
CREATE INDEX guard_codes_by_age ON guard_codes (day_start);

-- Numbers of which a code was verified lately: no stop is for them.
CREATE TABLE guard_numbers (
    tenant_id   BIGINT NOT NULL,
    phone_hash  TEXT   NOT NULL,
    verified_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, phone_hash)
);
CREATE INDEX guard_numbers_by_age ON guard_numbers (verified_at);

-- What was decided and why: a row for each cause, subject and window, with how many requests it met.
CREATE TABLE guard_decisions (
    tenant_id    BIGINT   NOT NULL,
    decision_id  BIGINT   NOT NULL,
    cause        SMALLINT NOT NULL,
    outcome      SMALLINT NOT NULL,              -- 0 refused, 1 stopped, 2 recorded, 3 noticed
    subject      TEXT     NOT NULL,
    shown        TEXT     NOT NULL,              -- the subject, a number masked
    reason       TEXT     NOT NULL,
    window_start BIGINT   NOT NULL,
    until        BIGINT   NOT NULL,
    requests     BIGINT   NOT NULL,
    first_at     BIGINT   NOT NULL,
    last_at      BIGINT   NOT NULL,
    ended_at     BIGINT,                         -- before the window was over
    ending       SMALLINT,                       -- 0 its codes were verified, 1 lifted by hand
    PRIMARY KEY (tenant_id, decision_id)
);
CREATE INDEX guard_decisions_by_subject ON guard_decisions (tenant_id, subject, window_start);
CREATE INDEX guard_decisions_in_force ON guard_decisions (tenant_id, until) WHERE outcome = 1 AND ended_at IS NULL;
CREATE INDEX guard_decisions_by_age ON guard_decisions (first_at);

-- Numbers and addresses that the guard lets alone.
CREATE TABLE guard_allowed (
    tenant_id  BIGINT   NOT NULL,
    entry_id   BIGINT   NOT NULL,
    kind       SMALLINT NOT NULL,                -- 0 number, 1 address
    value      TEXT     NOT NULL,                -- canonical: digits with the calling code first, address or prefix
    remark     TEXT     NOT NULL,
    created_at BIGINT   NOT NULL,
    version    BIGINT   NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant_id, entry_id),
    UNIQUE (tenant_id, kind, value)
);
