-- What a server has taken upon itself to do about a session, so that of several on one database one does it.
CREATE TABLE enforcements (
    tenant_id  BIGINT   NOT NULL,
    session_id BIGINT   NOT NULL,
    kind       SMALLINT NOT NULL,                -- 0 end it, 1 give it other rates
    what       TEXT     NOT NULL,                -- why it is ended, or which rates it is given
    news_at    BIGINT   NOT NULL,                -- the session's newest news at the time
    at         BIGINT   NOT NULL,                -- when it was taken up, or ended
    state      SMALLINT NOT NULL,                -- 0 under way, 1 done, 2 failed: to be tried again when there is news of the session
    PRIMARY KEY (tenant_id, session_id, kind)
);

CREATE INDEX enforcements_by_age ON enforcements (at);
