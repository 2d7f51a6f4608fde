-- Tenants and those who run them. Times are Unix milliseconds, UTC. BYTEA and BIGINT mean the same to SQLite and PostgreSQL.
CREATE TABLE tenants (
    tenant_id     BIGINT   NOT NULL PRIMARY KEY,
    cloud_id      TEXT     NOT NULL,
    cloud_id_key  TEXT     NOT NULL UNIQUE,      -- folded: how it is compared
    name          TEXT     NOT NULL,
    active        SMALLINT NOT NULL,
    time_zone     TEXT     NOT NULL,             -- IANA name
    api_enabled   SMALLINT NOT NULL,
    api_key       BYTEA,                         -- encrypted
    permissions   TEXT     NOT NULL,             -- JSON: the API's switches
    policy        TEXT     NOT NULL,             -- JSON: TenantPolicy
    created_at    BIGINT   NOT NULL
);

CREATE TABLE administrators (
    tenant_id        BIGINT   NOT NULL,
    administrator_id BIGINT   NOT NULL,
    username         TEXT     NOT NULL,
    username_key     TEXT     NOT NULL,
    login_hash       TEXT     NOT NULL,          -- slow salted hash of the contract's MD5 of name|password
    role             TEXT     NOT NULL,
    fullname         TEXT     NOT NULL,
    email            TEXT     NOT NULL,
    monitor          SMALLINT NOT NULL,
    must_change      SMALLINT NOT NULL,
    created_at       BIGINT   NOT NULL,
    PRIMARY KEY (tenant_id, administrator_id),
    UNIQUE (tenant_id, username_key)
);
