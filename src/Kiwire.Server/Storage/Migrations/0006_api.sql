-- What the HTTP APIs need. A row's version goes up with each change by an operator: it is the row's ETag.
ALTER TABLE tenants ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE tenants ADD COLUMN api_key_previous BYTEA;              -- encrypted; valid beside api_key
ALTER TABLE tenants ADD COLUMN api_key_previous_until BIGINT;       -- until then
ALTER TABLE administrators ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE administrators ADD COLUMN last_login_at BIGINT;
ALTER TABLE nas ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE zones ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE profiles ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE accounts ADD COLUMN version BIGINT NOT NULL DEFAULT 1;

-- The attributes of the answer, as sent, without those that hold secrets.
ALTER TABLE login_history ADD COLUMN reply BYTEA;

-- What a log-in gave out: 20 minutes of access. Only a hash of each token is kept.
CREATE TABLE api_tokens (
    tenant_id        BIGINT NOT NULL,
    token_hash       TEXT   NOT NULL,            -- SHA-256, lower-case hex
    administrator_id BIGINT NOT NULL,
    expires_at       BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, token_hash)
);

-- Long-lived keys for programs. Only a hash of each key is kept.
CREATE TABLE api_keys (
    tenant_id    BIGINT NOT NULL,
    key_id       BIGINT NOT NULL,
    name         TEXT   NOT NULL,
    name_key     TEXT   NOT NULL,
    key_hash     TEXT   NOT NULL UNIQUE,         -- SHA-256, lower-case hex
    scopes       TEXT   NOT NULL,                -- with spaces between
    created_by   TEXT   NOT NULL,
    created_at   BIGINT NOT NULL,
    expires_at   BIGINT,
    last_used_at BIGINT,
    version      BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant_id, key_id),
    UNIQUE (tenant_id, name_key)
);

-- Creates that were carried out under an Idempotency-Key; a row comes into being in the transaction of what it speaks of.
CREATE TABLE idempotency_keys (
    tenant_id    BIGINT NOT NULL,
    caller       TEXT   NOT NULL,
    key          TEXT   NOT NULL,
    request_hash TEXT   NOT NULL,                -- SHA-256 of method, path and body
    at           BIGINT NOT NULL,
    status       INTEGER,                        -- null: carried out, its answer not kept yet
    headers      TEXT,                           -- Content-Type, Location, ETag as JSON
    body         BYTEA,                          -- encrypted
    PRIMARY KEY (tenant_id, caller, key)
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (at);

-- Who changed what; secrets as "changed".
CREATE TABLE audit_log (
    tenant_id BIGINT NOT NULL,
    audit_id  BIGINT NOT NULL,
    at        BIGINT NOT NULL,
    author    TEXT   NOT NULL,                   -- administrator's name, or key:name
    via       TEXT   NOT NULL,                   -- apiv2 or v1
    address   TEXT   NOT NULL,
    action    TEXT   NOT NULL,                   -- create, update, delete ...
    kind      TEXT   NOT NULL,                   -- account, nas ...
    name      TEXT   NOT NULL,
    changes   TEXT   NOT NULL,                   -- JSON: field -> {from, to} or "changed"
    PRIMARY KEY (tenant_id, audit_id)
);
CREATE INDEX audit_log_by_name ON audit_log (tenant_id, kind, name, audit_id);

-- Equipment that is watched.
CREATE TABLE devices (
    tenant_id    BIGINT   NOT NULL,
    device_id    BIGINT   NOT NULL,
    identity     TEXT     NOT NULL,
    identity_key TEXT     NOT NULL,
    address      TEXT     NOT NULL,              -- host or host:port, canonical
    type         TEXT     NOT NULL,
    mac          TEXT     NOT NULL,              -- canonical; '' where not given
    snmp_version SMALLINT NOT NULL,              -- 1, 2 (v2c), 3
    community    BYTEA,                          -- encrypted
    mib          TEXT     NOT NULL,
    description  TEXT     NOT NULL,
    location     TEXT     NOT NULL,
    username     TEXT     NOT NULL,
    password     BYTEA,                          -- encrypted
    created_at   BIGINT   NOT NULL,
    version      BIGINT   NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant_id, device_id),
    UNIQUE (tenant_id, identity_key)
);
