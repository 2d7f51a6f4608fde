-- Plans, and the users and vouchers on them.
CREATE TABLE profiles (
    tenant_id     BIGINT   NOT NULL,
    profile_id    BIGINT   NOT NULL,
    name          TEXT     NOT NULL,
    name_key      TEXT     NOT NULL,
    price         TEXT     NOT NULL,             -- decimal
    type          SMALLINT NOT NULL,             -- 0 Countdown, 1 Expiration, 2 Free, 3 Pay As You Use
    edx           TEXT     NOT NULL,
    minutes       BIGINT   NOT NULL,
    volume_limited SMALLINT NOT NULL,
    volume_octets BIGINT   NOT NULL,
    idle_minutes  INTEGER  NOT NULL,
    simultaneous  INTEGER  NOT NULL,             -- 0 = no limit
    down_kbps     INTEGER  NOT NULL,
    up_kbps       INTEGER  NOT NULL,
    min_down_kbps INTEGER  NOT NULL,
    min_up_kbps   INTEGER  NOT NULL,
    PRIMARY KEY (tenant_id, profile_id),
    UNIQUE (tenant_id, name_key)
);

CREATE TABLE accounts (
    tenant_id      BIGINT   NOT NULL,
    account_id     BIGINT   NOT NULL,
    name           TEXT     NOT NULL,
    name_key       TEXT     NOT NULL,
    kind           SMALLINT NOT NULL,            -- 0 user, 1 voucher
    password       BYTEA,                        -- encrypted; null for a voucher, whose code is its password
    active         SMALLINT NOT NULL,
    profile_id     BIGINT,
    fullname       TEXT     NOT NULL,
    email          TEXT     NOT NULL,
    phone          TEXT     NOT NULL,
    remark         TEXT     NOT NULL,
    allow_nas      TEXT     NOT NULL,            -- 'none' or zone names and NAS identities, comma-separated
    integration    TEXT     NOT NULL,
    statistics     TEXT     NOT NULL,
    expires_at     BIGINT,
    first_login_at BIGINT,
    used_seconds   BIGINT   NOT NULL,
    used_in        BIGINT   NOT NULL,            -- octets from the client (upload)
    used_out       BIGINT   NOT NULL,            -- octets to the client (download)
    created_at     BIGINT   NOT NULL,
    PRIMARY KEY (tenant_id, account_id),
    UNIQUE (tenant_id, name_key)
);

CREATE INDEX accounts_by_profile ON accounts (tenant_id, profile_id);

-- The client devices registered to an account; macs as aa:bb:cc:dd:ee:ff.
CREATE TABLE account_macs (
    tenant_id     BIGINT NOT NULL,
    mac           TEXT   NOT NULL,
    account_id    BIGINT NOT NULL,
    registered_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, mac, account_id)
);

CREATE INDEX account_macs_by_account ON account_macs (tenant_id, account_id);
