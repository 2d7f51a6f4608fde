-- What a tenant has set of its captive portal.
CREATE TABLE portal_settings (
    tenant_id BIGINT NOT NULL PRIMARY KEY,
    settings  TEXT   NOT NULL,                   -- JSON
    version   BIGINT NOT NULL DEFAULT 1
);

-- The secret that a ChilliSpot-like NAS shares with the portal; encrypted.
ALTER TABLE nas ADD COLUMN uam_secret BYTEA;
