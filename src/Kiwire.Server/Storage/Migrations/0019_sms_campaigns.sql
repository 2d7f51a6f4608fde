-- A message to all accounts that a filter matches.
CREATE TABLE sms_campaigns (
    tenant_id        BIGINT   NOT NULL,
    campaign_id      BIGINT   NOT NULL,
    name             TEXT     NOT NULL,
    state            SMALLINT NOT NULL,          -- 0 draft, 1 scheduled, 2 running, 3 paused, 4 done, 5 cancelled
    text             TEXT     NOT NULL,
    template         TEXT,                       -- the name of the template that the text was; null: it is sent as it is
    variables        TEXT     NOT NULL,          -- JSON
    filter           TEXT     NOT NULL,          -- JSON
    connectors       TEXT     NOT NULL,          -- identifiers, in the order in which they are tried
    lifetime_seconds INTEGER  NOT NULL,
    scheduled_at     BIGINT,
    created_at       BIGINT   NOT NULL,
    started_at       BIGINT,
    ended_at         BIGINT,
    step             BIGINT   NOT NULL,          -- goes up with each portion of accounts: of several servers one takes each
    place            TEXT,                       -- behind which account the next portion begins; null: at the first
    queued           BIGINT   NOT NULL,          -- messages that went into the outbox
    segments         BIGINT   NOT NULL,
    no_phone         BIGINT   NOT NULL,          -- accounts that got none, by reason
    bad_phone        BIGINT   NOT NULL,
    opted_out        BIGINT   NOT NULL,
    duplicate        BIGINT   NOT NULL,
    no_value         BIGINT   NOT NULL,
    problem          TEXT     NOT NULL,          -- what it waits for; '' where it goes on
    version          BIGINT   NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant_id, campaign_id)
);
CREATE INDEX sms_campaigns_at_work ON sms_campaigns (state) WHERE state IN (1, 2);
CREATE INDEX sms_campaigns_by_age ON sms_campaigns (created_at);

-- Who got it: a number gets it once.
CREATE TABLE sms_campaign_messages (
    tenant_id   BIGINT NOT NULL,
    campaign_id BIGINT NOT NULL,
    phone_hash  TEXT   NOT NULL,                 -- as the log has it
    message_id  BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, campaign_id, phone_hash)
);

-- Numbers that want no campaigns.
CREATE TABLE sms_opt_outs (
    tenant_id  BIGINT NOT NULL,
    opt_out_id BIGINT NOT NULL,
    number     TEXT   NOT NULL,                  -- digits, the calling code first
    remark     TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, opt_out_id),
    UNIQUE (tenant_id, number)
);
