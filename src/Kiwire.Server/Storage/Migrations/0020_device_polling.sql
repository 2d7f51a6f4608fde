-- SNMPv3 (USM), and how often a device is asked.
ALTER TABLE devices ADD COLUMN authentication_protocol SMALLINT NOT NULL DEFAULT 0; -- 0 none, 1 MD5, 2 SHA-1, 3 SHA-224, 4 SHA-256, 5 SHA-384, 6 SHA-512
ALTER TABLE devices ADD COLUMN authentication_password BYTEA;                       -- encrypted
ALTER TABLE devices ADD COLUMN privacy_protocol SMALLINT NOT NULL DEFAULT 0;        -- 0 none, 1 DES, 2 AES-128, 3 AES-192, 4 AES-256, 5 and 6: those two by Reeder
ALTER TABLE devices ADD COLUMN privacy_password BYTEA;                              -- encrypted
ALTER TABLE devices ADD COLUMN poll_seconds INTEGER NOT NULL DEFAULT 60;            -- 0: it is not polled

-- What a device's polls found, written with each of them. Its newest values are in it as a block that grows for an hour, so that a poll
-- writes one row, and goes to device_series when it is full.
CREATE TABLE device_states (
    tenant_id     BIGINT   NOT NULL,
    device_id     BIGINT   NOT NULL,
    polled_by     TEXT,                          -- the server that polls it
    state         SMALLINT NOT NULL,             -- 0 unknown, 1 up, 2 down
    changed_at    BIGINT   NOT NULL,
    missed        INTEGER  NOT NULL,             -- polls in a row without an answer
    polled_at     BIGINT,
    seen_at       BIGINT,                        -- the last answer
    round_trip_us BIGINT,                        -- of that one
    up_ticks      BIGINT,                        -- its sysUpTime, hundredths of a second
    fault         TEXT     NOT NULL,             -- why the last poll failed; '' where it did not
    block         BYTEA,
    PRIMARY KEY (tenant_id, device_id)
);

-- What changes seldom: the texts that a device gives, and what its series are numbers of.
CREATE TABLE device_profiles (
    tenant_id BIGINT NOT NULL,
    device_id BIGINT NOT NULL,
    texts     TEXT   NOT NULL,                   -- JSON
    series    TEXT   NOT NULL,                   -- JSON
    PRIMARY KEY (tenant_id, device_id)
);

-- History: blocks of an hour as polled, of an hour in 12 points, of a day in 24 points.
CREATE TABLE device_series (
    tenant_id  BIGINT   NOT NULL,
    device_id  BIGINT   NOT NULL,
    resolution SMALLINT NOT NULL,                -- 0 as polled, 1 five minutes, 2 one hour
    starts_at  BIGINT   NOT NULL,
    block      BYTEA    NOT NULL,
    PRIMARY KEY (tenant_id, device_id, resolution, starts_at)
);
CREATE INDEX device_series_by_age ON device_series (resolution, starts_at);

-- That devices went down, came back, or restarted.
CREATE TABLE device_events (
    tenant_id BIGINT   NOT NULL,
    event_id  BIGINT   NOT NULL,
    device_id BIGINT   NOT NULL,
    identity  TEXT     NOT NULL,                 -- the device's, at that time
    at        BIGINT   NOT NULL,
    kind      SMALLINT NOT NULL,                 -- 0 up, 1 down, 2 restarted
    detail    TEXT     NOT NULL,
    PRIMARY KEY (tenant_id, event_id)
);
CREATE INDEX device_events_by_device ON device_events (tenant_id, device_id, event_id);
CREATE INDEX device_events_by_age ON device_events (at);

-- Events of which somebody is still to be told; a row goes when that is done or given up.
CREATE TABLE device_notices (
    tenant_id     BIGINT   NOT NULL,
    event_id      BIGINT   NOT NULL,
    channel       SMALLINT NOT NULL,             -- 0 e-mail, 1 webhook
    recipient     TEXT     NOT NULL,             -- an address of e-mail; '' for the webhook
    due_at        BIGINT   NOT NULL,
    tries         INTEGER  NOT NULL,
    claimed_until BIGINT,
    PRIMARY KEY (tenant_id, event_id, channel, recipient)
);
CREATE INDEX device_notices_by_due ON device_notices (due_at);

-- Where a tenant wants to be told of events.
CREATE TABLE device_webhooks (
    tenant_id BIGINT   NOT NULL PRIMARY KEY,
    url       TEXT     NOT NULL,
    secret    BYTEA    NOT NULL,                 -- encrypted
    active    SMALLINT NOT NULL,
    version   BIGINT   NOT NULL DEFAULT 1
);

-- Which servers poll, so that they share the devices out among them.
CREATE TABLE device_pollers (
    server_id TEXT   NOT NULL PRIMARY KEY,
    seen_at   BIGINT NOT NULL                    -- by the database's clock
);
