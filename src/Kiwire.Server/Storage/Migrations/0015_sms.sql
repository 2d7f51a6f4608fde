-- Ways to SMS gateways.
CREATE TABLE sms_connectors (
    tenant_id    BIGINT   NOT NULL,
    connector_id BIGINT   NOT NULL,
    name         TEXT     NOT NULL,
    name_key     TEXT     NOT NULL,
    provider     TEXT     NOT NULL,
    active       SMALLINT NOT NULL,
    settings     TEXT     NOT NULL,              -- JSON, no secrets
    secrets      BYTEA    NOT NULL,              -- encrypted: JSON
    created_at   BIGINT   NOT NULL,
    version      BIGINT   NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant_id, connector_id),
    UNIQUE (tenant_id, name_key)
);

CREATE TABLE sms_logos (
    tenant_id    BIGINT NOT NULL,
    connector_id BIGINT NOT NULL,
    media_type   TEXT   NOT NULL,
    picture      BYTEA  NOT NULL,
    PRIMARY KEY (tenant_id, connector_id)
);

CREATE TABLE sms_templates (
    tenant_id   BIGINT NOT NULL,
    template_id BIGINT NOT NULL,
    name        TEXT   NOT NULL,
    name_key    TEXT   NOT NULL,
    text        TEXT   NOT NULL,
    created_at  BIGINT NOT NULL,
    version     BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant_id, template_id),
    UNIQUE (tenant_id, name_key)
);

-- The log: what became of each message, without its text.
CREATE TABLE sms_messages (
    tenant_id    BIGINT   NOT NULL,
    message_id   BIGINT   NOT NULL,
    created_at   BIGINT   NOT NULL,
    purpose      SMALLINT NOT NULL,              -- 0 code, 1 password, 2 notice, 3 test
    phone        TEXT     NOT NULL,              -- masked
    phone_hash   TEXT     NOT NULL,              -- keyed hash of the number, for look-ups
    account      TEXT     NOT NULL,              -- '' where it is none's
    connector    TEXT     NOT NULL,              -- the last one that was tried
    state        SMALLINT NOT NULL,              -- 0 queued, 1 sending, 2 sent, 3 delivered, 4 failed
    provider_id  TEXT     NOT NULL,
    error        TEXT     NOT NULL,
    segments     INTEGER  NOT NULL,
    attempts     INTEGER  NOT NULL,
    sent_at      BIGINT,
    ended_at     BIGINT,                         -- delivered or failed
    PRIMARY KEY (tenant_id, message_id)
);
CREATE INDEX sms_messages_by_phone ON sms_messages (tenant_id, phone_hash, message_id);
CREATE INDEX sms_messages_by_age ON sms_messages (created_at);

-- What is to be sent. A row goes, and with it the text, when the message is sent or given up.
CREATE TABLE sms_outbox (
    tenant_id     BIGINT   NOT NULL,
    message_id    BIGINT   NOT NULL,
    priority      SMALLINT NOT NULL,             -- codes and passwords first
    due_at        BIGINT   NOT NULL,
    expires_at    BIGINT   NOT NULL,             -- of no use from then on
    connectors    TEXT     NOT NULL,             -- identifiers, in the order in which they are tried
    position      INTEGER  NOT NULL,             -- which of them is next
    tries         INTEGER  NOT NULL,             -- with that one
    attempts      INTEGER  NOT NULL,             -- with all
    claimed_by    TEXT,                          -- the server that hands it to a gateway
    claimed_until BIGINT,                        -- past it that server is dead, and whether it was sent is not known
    payload       BYTEA    NOT NULL,             -- encrypted: number, text
    PRIMARY KEY (tenant_id, message_id)
);
CREATE INDEX sms_outbox_by_due ON sms_outbox (priority, due_at);
CREATE INDEX sms_outbox_by_claim ON sms_outbox (claimed_until);
CREATE INDEX sms_outbox_by_expiry ON sms_outbox (expires_at);
