-- Devices that are let in once without credentials (login/online). Kept for some minutes; consumed by deleting the row.
CREATE TABLE grants (
    tenant_id  BIGINT NOT NULL,
    grant_id   BIGINT NOT NULL,
    nas_id     BIGINT NOT NULL,
    mac        TEXT   NOT NULL,                  -- canonical
    account_id BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, grant_id),
    UNIQUE (tenant_id, nas_id, mac)
);

CREATE INDEX grants_by_expiry ON grants (expires_at);
