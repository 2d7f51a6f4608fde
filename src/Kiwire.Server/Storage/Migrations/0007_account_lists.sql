-- Lists of accounts: each is a walk along one of these, whatever the tenant has. "active" stands before what is ordered by, so that a list
-- of both is two walks side by side and needs no index of its own.
CREATE INDEX accounts_by_name ON accounts (tenant_id, kind, active, name_key /*binary*/);
CREATE INDEX accounts_by_age ON accounts (tenant_id, kind, active, account_id);

-- Those that never expire come after all others.
CREATE INDEX accounts_by_expiry ON accounts (tenant_id, kind, active, COALESCE(expires_at, 9223372036854775807), account_id);

DROP INDEX accounts_by_profile;
CREATE INDEX accounts_by_profile ON accounts (tenant_id, profile_id, kind, active, name_key /*binary*/);

-- Only what is given takes room.
CREATE INDEX accounts_by_phone ON accounts (tenant_id, phone) WHERE phone <> '';
CREATE INDEX accounts_by_email ON accounts (tenant_id, lower(email)) WHERE email <> '';

-- The label of a batch of vouchers; longer ones are not looked for, since an index of PostgreSQL takes no more than a third of a page.
CREATE INDEX vouchers_by_remark ON accounts (tenant_id, substr(remark, 1, 64), active, name_key /*binary*/) WHERE kind = 1 AND remark <> '';
