-- What was asked of NASes about sessions that are on (RFC 5176), and what became of it. request_id ascends with time.
CREATE TABLE dynamic_authorizations (
    tenant_id     BIGINT   NOT NULL,
    request_id    BIGINT   NOT NULL,
    at            BIGINT   NOT NULL,             -- when it was asked for
    nas_id        BIGINT   NOT NULL,
    session_id    BIGINT,                        -- null: of no session that is known
    account_id    BIGINT,
    kind          SMALLINT NOT NULL,             -- 0 Disconnect-Request, 1 CoA-Request, 2 a test of the NAS
    reason        TEXT     NOT NULL,             -- why: by hand, volume, time ...
    attributes    TEXT     NOT NULL,             -- what was sent, a line each, without secrets
    outcome       SMALLINT NOT NULL,             -- 0 acknowledged, 1 refused, 2 no answer, 3 not sent
    error_cause   INTEGER,                       -- RFC 5176, 3.5
    detail        TEXT     NOT NULL,             -- the outcome in words
    sends         INTEGER  NOT NULL,
    round_trip_ms BIGINT,                        -- null: no answer
    proof         SMALLINT NOT NULL,             -- 0 none, 1 acknowledged and not yet seen, 2 the session ended, 3 the NAS reports it all the same
    PRIMARY KEY (tenant_id, request_id)
);

CREATE INDEX dynamic_authorizations_by_session ON dynamic_authorizations (tenant_id, session_id, request_id);
CREATE INDEX dynamic_authorizations_by_nas ON dynamic_authorizations (tenant_id, nas_id, request_id);
CREATE INDEX dynamic_authorizations_by_account ON dynamic_authorizations (tenant_id, account_id, request_id);
CREATE INDEX dynamic_authorizations_ending ON dynamic_authorizations (tenant_id, request_id) WHERE proof = 1;

-- What has become of the last Disconnect-Request that was acknowledged: as proof above.
ALTER TABLE sessions ADD COLUMN disconnect SMALLINT NOT NULL DEFAULT 0;
