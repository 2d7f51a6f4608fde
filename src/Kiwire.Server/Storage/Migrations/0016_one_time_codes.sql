-- How a tenant's guests get codes by SMS.
CREATE TABLE sms_policies (
    tenant_id BIGINT NOT NULL PRIMARY KEY,
    settings  TEXT   NOT NULL,                   -- JSON; connectors, template, profile and zone by identifier
    version   BIGINT NOT NULL
);

-- The last code that went to a number. The code is erased when it is used or out of date.
CREATE TABLE one_time_codes (
    tenant_id   BIGINT   NOT NULL,
    phone_hash  TEXT     NOT NULL,               -- keyed hash of the number
    code_id     BIGINT   NOT NULL,
    kind        SMALLINT NOT NULL,               -- 0 code, 1 pass (a right code's, for one login), 2 password
    code        BYTEA,                           -- encrypted; null: erased
    recipient   TEXT     NOT NULL,               -- the number as people are shown it
    attempts    INTEGER  NOT NULL,               -- wrong ones
    sent_at     BIGINT   NOT NULL,
    resend_at   BIGINT   NOT NULL,               -- from then on another one may be asked for
    expires_at  BIGINT   NOT NULL,
    used_at     BIGINT,
    used_device TEXT,                            -- which may use it again,
    reuse_until BIGINT,                          -- until then
    PRIMARY KEY (tenant_id, phone_hash)
);
CREATE INDEX one_time_codes_by_expiry ON one_time_codes (expires_at);
