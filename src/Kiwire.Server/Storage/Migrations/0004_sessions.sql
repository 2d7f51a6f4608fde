-- Who is and was in, and what they used. session_id and login_id ascend with time, so they order by it.
CREATE TABLE sessions (
    tenant_id       BIGINT   NOT NULL,
    session_id      BIGINT   NOT NULL,
    nas_id          BIGINT   NOT NULL,
    acct_session_id TEXT     NOT NULL,           -- as the NAS wrote it
    client_key      TEXT     NOT NULL,           -- canonical MAC, or else the folded User-Name
    generation      INTEGER  NOT NULL,           -- a NAS that restarts may use a session id again
    account_id      BIGINT,                      -- null: no such account
    login_id        BIGINT,                      -- the login that began it, from Class
    user_name       TEXT     NOT NULL,
    mac             TEXT     NOT NULL,           -- canonical; '' where the NAS gave none
    calling_station_id TEXT  NOT NULL,           -- as the NAS wrote it
    called_station_id  TEXT  NOT NULL,
    client_ip       TEXT     NOT NULL,           -- Framed-IP-Address or Framed-IPv6-Address
    nas_address     TEXT     NOT NULL,           -- the packet's source
    nas_port        TEXT     NOT NULL,           -- NAS-Port, else NAS-Port-Id
    multi_session_id TEXT    NOT NULL,           -- Acct-Multi-Session-Id, as the NAS wrote it
    started_at      BIGINT   NOT NULL,
    last_news_at    BIGINT   NOT NULL,
    ended_at        BIGINT,
    ending          SMALLINT NOT NULL,           -- what ended it: 0 nothing, 1 Stop, 2 no news, 3 Accounting-On/Off, 4 another session took its identity
    terminate_cause INTEGER,                     -- RFC 2866, 5.10
    seconds         BIGINT   NOT NULL,           -- totals over counter restarts
    octets_in       BIGINT   NOT NULL,
    octets_out      BIGINT   NOT NULL,
    counter_seconds BIGINT   NOT NULL,           -- the NAS's own counters when last heard
    counter_in      BIGINT   NOT NULL,
    counter_out     BIGINT   NOT NULL,
    interim_seconds INTEGER  NOT NULL,           -- the interval after which it is missed
    charge          TEXT,                        -- decimal; Pay As You Use
    PRIMARY KEY (tenant_id, session_id),
    UNIQUE (tenant_id, nas_id, acct_session_id, client_key, generation)
);

CREATE INDEX sessions_by_account ON sessions (tenant_id, account_id, session_id);
CREATE INDEX sessions_by_mac ON sessions (tenant_id, mac, session_id);
CREATE INDEX sessions_open ON sessions (tenant_id, nas_id, last_news_at) WHERE ended_at IS NULL;

CREATE TABLE login_history (
    tenant_id  BIGINT   NOT NULL,
    login_id   BIGINT   NOT NULL,
    at         BIGINT   NOT NULL,
    user_name  TEXT     NOT NULL,                -- as sent
    name_key   TEXT     NOT NULL,
    account_id BIGINT,
    nas_id     BIGINT   NOT NULL,
    mac        TEXT     NOT NULL,
    client_ip  TEXT     NOT NULL,
    accepted   SMALLINT NOT NULL,                -- 0 rejected, 1 accepted, 2 challenged
    method     TEXT     NOT NULL,                -- PAP, CHAP, MS-CHAP, MS-CHAPv2, EAP-MD5 ..., MAC
    reason     TEXT     NOT NULL,                -- '' or the admission check's word
    detail     TEXT     NOT NULL,                -- what was compared, in words, without secrets
    PRIMARY KEY (tenant_id, login_id)
);

CREATE INDEX login_history_by_name ON login_history (tenant_id, name_key, login_id);

CREATE TABLE unauthorised_devices (
    tenant_id     BIGINT NOT NULL,
    mac           TEXT   NOT NULL,
    client_ip     TEXT   NOT NULL,
    nas_id        BIGINT NOT NULL,
    user_name     TEXT   NOT NULL,
    reason        TEXT   NOT NULL,
    first_seen_at BIGINT NOT NULL,
    last_seen_at  BIGINT NOT NULL,
    times         BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, mac)
);
