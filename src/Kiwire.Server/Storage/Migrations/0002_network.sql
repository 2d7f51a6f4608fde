-- The equipment that sends requests, and the places that logins come from.
CREATE TABLE nas (
    tenant_id       BIGINT   NOT NULL,
    nas_id          BIGINT   NOT NULL,
    identity        TEXT     NOT NULL,           -- NAS-Identifier
    identity_key    TEXT     NOT NULL,
    address         TEXT     NOT NULL,           -- address or prefix, canonical
    type            TEXT     NOT NULL,
    coa_port        INTEGER  NOT NULL,
    secret          BYTEA    NOT NULL,           -- encrypted
    require_message_authenticator SMALLINT NOT NULL, -- 0 auto, 1 yes, 2 no
    location        TEXT     NOT NULL,
    server          TEXT     NOT NULL,
    description     TEXT     NOT NULL,
    community       BYTEA,                       -- encrypted
    username        TEXT     NOT NULL,
    password        BYTEA,                       -- encrypted
    created_at      BIGINT   NOT NULL,
    PRIMARY KEY (tenant_id, nas_id),
    UNIQUE (tenant_id, identity_key)
);

-- What each NAS was seen to send (spec of require_message_authenticator = auto). Written now and then, not per packet.
CREATE TABLE nas_observations (
    tenant_id        BIGINT  NOT NULL,
    nas_id           BIGINT  NOT NULL,
    with_authenticator    BIGINT NOT NULL,       -- Access-Requests without EAP that had a valid Message-Authenticator
    without_authenticator BIGINT NOT NULL,       -- and that had none
    run              INTEGER NOT NULL,           -- in a row that had one
    last_without_at  BIGINT,
    enforced_at      BIGINT,                     -- since when auto acts as yes
    proxy_state      BIGINT  NOT NULL,           -- requests with Proxy-State
    eap              BIGINT  NOT NULL,           -- requests with EAP-Message
    last_seen_at     BIGINT,
    PRIMARY KEY (tenant_id, nas_id)
);

CREATE TABLE zones (
    tenant_id  BIGINT NOT NULL,
    zone_id    BIGINT NOT NULL,
    name       TEXT   NOT NULL,
    name_key   TEXT   NOT NULL,
    PRIMARY KEY (tenant_id, zone_id),
    UNIQUE (tenant_id, name_key)
);

CREATE TABLE zone_members (
    tenant_id  BIGINT   NOT NULL,
    zone_id    BIGINT   NOT NULL,
    kind       SMALLINT NOT NULL,                -- 0 NAS identity, 1 NAS location, 2 SSID, 3 NAS-IP prefix
    value      TEXT     NOT NULL,
    PRIMARY KEY (tenant_id, zone_id, kind, value)
);
