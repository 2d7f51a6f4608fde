-- Devices and apps that make accounts' one-time codes (RFC 4226, RFC 6238); one an account.
CREATE TABLE authenticators (
    tenant_id      BIGINT   NOT NULL,
    account_id     BIGINT   NOT NULL,
    kind           SMALLINT NOT NULL,            -- 0 TOTP, 1 HOTP
    algorithm      SMALLINT NOT NULL,            -- 0 SHA-1, 1 SHA-256, 2 SHA-512
    digits         SMALLINT NOT NULL,
    period_seconds INTEGER  NOT NULL,            -- 0 for HOTP
    secret         BYTEA    NOT NULL,            -- encrypted
    confirmed      SMALLINT NOT NULL,            -- by a first right code; logins ask for codes from then on
    next_factor    BIGINT   NOT NULL,            -- the lowest time step or counter whose code may still be accepted
    wrong_codes    INTEGER  NOT NULL,            -- since wrong_since; a right one sets both to 0
    wrong_since    BIGINT   NOT NULL,
    created_at     BIGINT   NOT NULL,
    confirmed_at   BIGINT,
    last_used_at   BIGINT,
    version        BIGINT   NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant_id, account_id)
);

-- What a login must know of it without looking there.
ALTER TABLE accounts ADD COLUMN has_authenticator SMALLINT NOT NULL DEFAULT 0;
