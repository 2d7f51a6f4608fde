-- How far each server's journal has been applied; a row changes in the same transaction as what it speaks of.
-- The journals are a server's, not a tenant's, so these keys do not begin with one.
CREATE TABLE journal_positions (
    journal_id TEXT   NOT NULL PRIMARY KEY,
    sequence   BIGINT NOT NULL
);

-- Records that could not be stored for their own content.
CREATE TABLE journal_set_aside (
    journal_id TEXT   NOT NULL,
    sequence   BIGINT NOT NULL,
    kind       INTEGER NOT NULL,
    record     BYTEA  NOT NULL,
    reason     TEXT   NOT NULL,
    at         BIGINT NOT NULL,
    PRIMARY KEY (journal_id, sequence)
);

-- What other servers must read again.
CREATE TABLE changes (
    change_id  BIGINT NOT NULL PRIMARY KEY,
    tenant_id  BIGINT NOT NULL,
    kind       TEXT   NOT NULL,
    id         BIGINT NOT NULL,
    server_id  TEXT   NOT NULL,
    at         BIGINT NOT NULL
);

-- What belongs to the installation: wrapped data keys, identifiers.
CREATE TABLE settings (
    name  TEXT  NOT NULL PRIMARY KEY,
    value BYTEA NOT NULL
);
