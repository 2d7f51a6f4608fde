using System.Collections.Concurrent;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Kiwire.Server.Network;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Accounts;

/// <summary>Reads accounts from the database as authentication wants them: with password, devices, profile and presence.</summary>
internal sealed partial class AccountEntryStore(
    Database database, SecretBox secrets, ProfileDirectory profiles, PresenceTable presences, ILogger<AccountEntryStore> logger)
{
    // Lists of allowNas are few and shared; past this many the cache begins anew.
    private const int MaxLists = 4096;

    private const string Select =
        """
        SELECT a.tenant_id, a.account_id, a.name, a.kind, a.password, a.active, a.profile_id, a.allow_nas, a.expires_at, a.first_login_at,
               a.used_seconds, a.used_in, a.used_out, m.mac, a.window_started_at, a.before_seconds, a.before_in, a.before_out, a.has_authenticator, a.phone
        """;

    private const string Macs = "LEFT JOIN account_macs m ON m.tenant_id = a.tenant_id AND m.account_id = a.account_id";

    private readonly ConcurrentDictionary<string, string[]> _lists = new();

    /// <summary>The account with that name key.</summary>
    public Task<EntryRead> ReadByNameAsync(long tenantId, string nameKey) => ReadOneAsync(
        $"{Select} FROM accounts a {Macs} WHERE a.tenant_id = @tenant_id AND a.name_key = @value", tenantId, nameKey);

    public Task<EntryRead> ReadByIdAsync(long tenantId, long accountId) => ReadOneAsync(
        $"{Select} FROM accounts a {Macs} WHERE a.tenant_id = @tenant_id AND a.account_id = @value", tenantId, accountId);

    /// <summary>The account that has that device; of several the one that registered it last.</summary>
    public Task<EntryRead> ReadByMacAsync(long tenantId, MacAddress mac) => ReadOneAsync(
        $"""
        {Select} FROM accounts a {Macs}
        WHERE a.tenant_id = @tenant_id AND a.account_id =
              (SELECT account_id FROM account_macs WHERE tenant_id = @tenant_id AND mac = @value
               ORDER BY registered_at DESC, account_id DESC LIMIT 1)
        """,
        tenantId,
        mac.ToString());

    /// <summary>
    /// A tenant's accounts that are older than <paramref name="before"/>, the newest first. Accounts whose usage changed during the read are
    /// left out.
    /// </summary>
    public async Task<AccountPage> ReadPageAsync(long tenantId, long before, int limit, CancellationToken cancellationToken)
    {
        long version = presences.BeginRead();
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        await using DbCommand command = Command(
            connection,
            $"""
            {Select} FROM (SELECT * FROM accounts WHERE tenant_id = @tenant_id AND account_id < @before ORDER BY account_id DESC LIMIT @limit) a
            {Macs} ORDER BY a.account_id DESC
            """,
            ("tenant_id", tenantId), ("before", before), ("limit", (long)limit));
        List<Record> records = await ReadAsync(command, cancellationToken);
        List<AccountEntry> entries = new(records.Count);
        foreach (Record record in records)
        {
            if (TryMake(record, version) is { } entry)
            {
                entries.Add(entry);
            }
        }

        return new AccountPage(entries, records.Count == limit ? records[^1].AccountId : 0);
    }

    private async Task<EntryRead> ReadOneAsync(string sql, long tenantId, object value)
    {
        long version = presences.BeginRead();
        await using DbConnection connection = await database.OpenAsync(CancellationToken.None);
        await using DbCommand command = Command(connection, sql, ("tenant_id", tenantId), ("value", value));
        List<Record> records = await ReadAsync(command, CancellationToken.None);
        if (records.Count == 0)
        {
            return default;
        }

        AccountEntry? entry = TryMake(records[0], version);
        return new EntryRead(entry, MustReadAgain: entry is null);
    }

    private static async Task<List<Record>> ReadAsync(DbCommand command, CancellationToken cancellationToken)
    {
        List<Record> records = [];
        await using DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            long accountId = reader.GetInt64(1);
            if (records.Count == 0 || records[^1].AccountId != accountId)
            {
                records.Add(new Record(reader));
            }

            if (!reader.IsDBNull(13) && MacAddress.TryParse(reader.GetString(13), out MacAddress mac))
            {
                Record record = records[^1];
                record.Macs = [.. record.Macs ?? [], mac];
            }
        }

        return records;
    }

    private AccountEntry? TryMake(Record record, long version)
    {
        if (presences.TryAttach(record.TenantId, record.AccountId, record.Used, version) is not { } presence)
        {
            return null;
        }

        return new AccountEntry(Encoding.UTF8.GetBytes(record.Name), record.IsVoucher ? default : PasswordOf(record), record.IsVoucher, Encoding.UTF8.GetBytes(record.Phone))
        {
            TenantId = record.TenantId,
            AccountId = record.AccountId,
            Active = record.Active,
            HasAuthenticator = record.HasAuthenticator,
            HasPassword = record.IsVoucher || record.Password is not null,
            ProfileHolder = record.ProfileId is { } profileId ? profiles.HolderOf(record.TenantId, profileId) : null,
            AllowNas = ListOf(record.AllowNas),
            Macs = record.Macs,
            ExpiresAt = record.ExpiresAt,
            FirstLoginAt = record.FirstLoginAt,
            Presence = presence,
        };
    }

    private ReadOnlySpan<byte> PasswordOf(Record record)
    {
        if (record.Password is { } box && secrets.TryUnprotect(box, AccountStore.PasswordPurpose, out byte[] password) && password.Length is > 0 and <= byte.MaxValue)
        {
            return password;
        }

        // Nobody can know this one: the account cannot log in by it until a password is set.
        if (record.Password is not null)
        {
            LogUnreadablePassword(record.AccountId);
        }

        return RandomNumberGenerator.GetBytes(32);
    }

    private string[]? ListOf(string allowNas)
    {
        if (allowNas is AccountSettings.NoRestriction or "")
        {
            return null;
        }

        if (_lists.TryGetValue(allowNas, out string[]? list))
        {
            return list;
        }

        if (ZoneDirectory.Parse(allowNas) is not { } parsed)
        {
            return null;
        }

        if (_lists.Count >= MaxLists)
        {
            _lists.Clear();
        }

        return _lists.GetOrAdd(allowNas, parsed);
    }

    private static DbCommand Command(DbConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        DbCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is this class's constants; what varies goes through parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach ((string name, object value) in parameters)
        {
            command.AddParameters(name);
            command.Parameters[^1].Value = value;
        }

        return command;
    }

    [LoggerMessage(400, LogLevel.Warning, "The password of account {AccountId} cannot be decrypted with this installation's keys; it cannot log in until its password is set again")]
    private partial void LogUnreadablePassword(long accountId);

    private sealed class Record(DbDataReader row)
    {
        public long TenantId { get; } = row.GetInt64(0);

        public long AccountId { get; } = row.GetInt64(1);

        public string Name { get; } = row.GetString(2);

        public bool IsVoucher { get; } = row.GetInt16(3) == (short)AccountKind.Voucher;

        public byte[]? Password { get; } = row.IsDBNull(4) ? null : row.GetFieldValue<byte[]>(4);

        public bool Active { get; } = row.GetInt16(5) != 0;

        public long? ProfileId { get; } = row.IsDBNull(6) ? null : row.GetInt64(6);

        public string AllowNas { get; } = row.GetString(7);

        public long ExpiresAt { get; } = row.IsDBNull(8) ? 0 : row.GetInt64(8);

        public long FirstLoginAt { get; } = row.IsDBNull(9) ? 0 : row.GetInt64(9);

        public StoredUsage Used { get; } = new(
            new UsageTotals(row.GetInt64(10), row.GetInt64(11), row.GetInt64(12)),
            row.GetInt64(14),
            new UsageTotals(row.GetInt64(15), row.GetInt64(16), row.GetInt64(17)));

        public bool HasAuthenticator { get; } = row.GetInt16(18) != 0;

        public string Phone { get; } = row.GetString(19);

        public MacAddress[]? Macs { get; set; }
    }
}

/// <summary>What reading one account brought.</summary>
/// <param name="Entry">The account; null: there is none, or it must be read again.</param>
/// <param name="MustReadAgain">Its usage changed while it was read.</param>
internal readonly record struct EntryRead(AccountEntry? Entry, bool MustReadAgain);

/// <summary>Some of a tenant's accounts.</summary>
/// <param name="Entries">The accounts.</param>
/// <param name="Before">Where the next page begins; 0: there is none.</param>
internal readonly record struct AccountPage(IReadOnlyList<AccountEntry> Entries, long Before);
