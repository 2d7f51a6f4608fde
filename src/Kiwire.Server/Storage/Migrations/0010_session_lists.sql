-- Lists of millions of rows, newest first: an index that ends in the id answers them without sorting.
CREATE INDEX sessions_by_nas ON sessions (tenant_id, nas_id, session_id);
CREATE INDEX login_history_by_mac ON login_history (tenant_id, mac, login_id);

-- The open ones, of a NAS or of all, from the index alone. Without last_news_at an interim record need not touch it.
DROP INDEX sessions_open;
CREATE INDEX sessions_open ON sessions (tenant_id, nas_id, session_id, ended_at) WHERE ended_at IS NULL;

CREATE INDEX unauthorised_devices_by_time ON unauthorised_devices (tenant_id, last_seen_at, mac);
