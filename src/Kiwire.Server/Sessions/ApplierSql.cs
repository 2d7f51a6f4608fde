using Kiwire.Server.Storage;

namespace Kiwire.Server.Sessions;

/// <summary>The applier's statements. PostgreSQL locks what it reads to change, in an order that all servers keep.</summary>
internal sealed class ApplierSql(StorageProvider provider)
{
    private const string SessionColumns = """
        session_id, generation, account_id, login_id, mac, client_ip, nas_address, called_station_id, started_at, last_news_at, ended_at, ending,
        terminate_cause, seconds, octets_in, octets_out, counter_seconds, counter_in, counter_out, interim_seconds, charge
        """;

    /// <summary>Whether other servers may write to the same database.</summary>
    public bool IsShared { get; } = provider == StorageProvider.PostgreSql;

    private readonly string _lock = provider == StorageProvider.PostgreSql ? " FOR UPDATE" : "";

    public Statement Position { get; } = new("SELECT sequence FROM journal_positions WHERE journal_id = @journal", "journal");

    public Statement SetAside { get; } = new(
        """
        INSERT INTO journal_set_aside (journal_id, sequence, kind, record, reason, at) VALUES (@journal, @sequence, @kind, @record, @reason, @at)
        ON CONFLICT DO NOTHING
        """,
        "journal", "sequence", "kind", "record", "reason", "at");

    /// <summary>The newest session of an identity.</summary>
    public Statement Session => field ??= new(
        $"""
        SELECT {SessionColumns} FROM sessions
        WHERE tenant_id = @tenant AND nas_id = @nas AND acct_session_id = @session AND client_key = @client
        ORDER BY generation DESC LIMIT 1{_lock}
        """,
        "tenant", "nas", "session", "client");

    /// <summary>Sorted by an expression, lest SQLite walk all that the NAS ever had in the order of their identities.</summary>
    public Statement OpenOfNas => field ??= new(
        $"""
        SELECT {SessionColumns}, acct_session_id, client_key FROM sessions
        WHERE tenant_id = @tenant AND nas_id = @nas AND ended_at IS NULL
        ORDER BY acct_session_id || '', client_key{_lock}
        """,
        "tenant", "nas");

    public Statement InsertSession { get; } = new(
        """
        INSERT INTO sessions (tenant_id, session_id, nas_id, acct_session_id, client_key, generation, account_id, login_id, user_name, mac, calling_station_id,
            called_station_id, client_ip, nas_address, nas_port, multi_session_id, started_at, last_news_at, ended_at, ending, terminate_cause,
            seconds, octets_in, octets_out, counter_seconds, counter_in, counter_out, interim_seconds, charge)
        VALUES (@tenant, @id, @nas, @session, @client, @generation, @account, @login, @user, @mac, @calling,
            @called, @ip, @address, @port, @multi, @started, @news, @ended, @ending, @cause,
            @seconds, @in, @out, @counterSeconds, @counterIn, @counterOut, @interim, @charge)
        """,
        "tenant", "id", "nas", "session", "client", "generation", "account", "login", "user", "mac", "calling",
        "called", "ip", "address", "port", "multi", "started", "news", "ended", "ending", "cause",
        "seconds", "in", "out", "counterSeconds", "counterIn", "counterOut", "interim", "charge");

    /// <summary>What changes with each record. The rest is in indexes that need not be touched for it.</summary>
    public Statement UpdateSession { get; } = new(
        """
        UPDATE sessions SET last_news_at = @news, ended_at = @ended, ending = @ending, terminate_cause = @cause, seconds = @seconds, octets_in = @in,
            octets_out = @out, counter_seconds = @counterSeconds, counter_in = @counterIn, counter_out = @counterOut, interim_seconds = @interim, charge = @charge
        WHERE tenant_id = @tenant AND session_id = @id
        """,
        "news", "ended", "ending", "cause", "seconds", "in", "out", "counterSeconds", "counterIn", "counterOut", "interim", "charge", "tenant", "id");

    public Statement UpdateFacts { get; } = new(
        """
        UPDATE sessions SET account_id = @account, login_id = @login, started_at = @started, client_ip = @ip, nas_address = @address, called_station_id = @called
        WHERE tenant_id = @tenant AND session_id = @id
        """,
        "account", "login", "started", "ip", "address", "called", "tenant", "id");

    public Statement AccountById { get; } = new(
        "SELECT account_id FROM accounts WHERE tenant_id = @tenant AND account_id = @account", "tenant", "account");

    public Statement AccountByName { get; } = new(
        "SELECT account_id FROM accounts WHERE tenant_id = @tenant AND name_key = @name", "tenant", "name");

    /// <summary>The account that registered a device last.</summary>
    public Statement AccountByMac { get; } = new(
        "SELECT account_id FROM account_macs WHERE tenant_id = @tenant AND mac = @mac ORDER BY registered_at DESC LIMIT 1", "tenant", "mac");

    public Statement AddUsage { get; } = new(
        """
        UPDATE accounts SET used_seconds = used_seconds + @seconds, used_in = used_in + @in, used_out = used_out + @out
        WHERE tenant_id = @tenant AND account_id = @account
        RETURNING active, profile_id, used_seconds, used_in, used_out, window_started_at, before_seconds, before_in, before_out
        """,
        "seconds", "in", "out", "tenant", "account");

    /// <summary>
    /// The same, where usage may be reset. A window later than the account's begins: all until then was used before. Records that arrived
    /// before the account's window (from another server's journal) were used before it too.
    /// </summary>
    public Statement AddUsageInWindow => field ??= new(
        $"""
        UPDATE accounts SET {Before("seconds")}, {Before("in")}, {Before("out")},
            window_started_at = CASE WHEN @window > window_started_at THEN @window ELSE window_started_at END,
            used_seconds = used_seconds + @seconds, used_in = used_in + @in, used_out = used_out + @out
        WHERE tenant_id = @tenant AND account_id = @account
        RETURNING active, profile_id, used_seconds, used_in, used_out, window_started_at, before_seconds, before_in, before_out
        """,
        "seconds", "in", "out", "tenant", "account", "window", "arrived", "before_seconds", "before_in", "before_out");

    public Statement ProfileOfAccount { get; } = new(
        "SELECT profile_id FROM accounts WHERE tenant_id = @tenant AND account_id = @account", "tenant", "account");

    public Statement Profile { get; } = new(
        "SELECT type, price, minutes, volume_limited, volume_octets, auto_reset FROM profiles WHERE tenant_id = @tenant AND profile_id = @profile", "tenant", "profile");

    public Statement InsertLogin { get; } = new(
        """
        INSERT INTO login_history (tenant_id, login_id, at, user_name, name_key, account_id, nas_id, mac, client_ip, accepted, method, reason, detail, reply)
        VALUES (@tenant, @login, @at, @user, @name, @account, @nas, @mac, @ip, @accepted, @method, @reason, @detail, @reply)
        ON CONFLICT DO NOTHING
        """,
        "tenant", "login", "at", "user", "name", "account", "nas", "mac", "ip", "accepted", "method", "reason", "detail", "reply");

    public Statement AddUnauthorised { get; } = new(
        """
        INSERT INTO unauthorised_devices (tenant_id, mac, client_ip, nas_id, user_name, reason, first_seen_at, last_seen_at, times)
        VALUES (@tenant, @mac, @ip, @nas, @user, @reason, @first, @last, @times)
        ON CONFLICT (tenant_id, mac) DO UPDATE SET client_ip = excluded.client_ip, nas_id = excluded.nas_id, user_name = excluded.user_name,
            reason = excluded.reason, last_seen_at = excluded.last_seen_at, times = unauthorised_devices.times + excluded.times
        """,
        "tenant", "mac", "ip", "nas", "user", "reason", "first", "last", "times");

    public Statement RemoveUnauthorised { get; } = new(
        "DELETE FROM unauthorised_devices WHERE tenant_id = @tenant AND mac = @mac", "tenant", "mac");

    private static string Before(string what) =>
        $"""
        before_{what} = CASE WHEN @window > window_started_at THEN used_{what} + @before_{what}
                             WHEN @arrived < window_started_at THEN before_{what} + @{what}
                             WHEN @window = window_started_at THEN before_{what} + @before_{what}
                             ELSE before_{what} END
        """;
}
