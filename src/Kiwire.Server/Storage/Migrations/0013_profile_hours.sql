-- When accounts of a profile may be in, and how often their usage goes back to zero.
ALTER TABLE profiles ADD COLUMN auto_reset SMALLINT NOT NULL DEFAULT 0;       -- 0 never, 1 half hour, 2 hour, 3 day, 4 week, 5 month, 6 year
ALTER TABLE profiles ADD COLUMN login_hours TEXT NOT NULL DEFAULT '';         -- 'mon 08:00-18:00, ...' on the tenant's clocks; '' at any time

-- used_... is all that was ever used; what counts is that less what was used before the present window.
ALTER TABLE accounts ADD COLUMN window_started_at BIGINT NOT NULL DEFAULT 0;  -- 0: never reset
ALTER TABLE accounts ADD COLUMN before_seconds BIGINT NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN before_in BIGINT NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN before_out BIGINT NOT NULL DEFAULT 0;
