using System.Globalization;
using System.Text;
using Kiwire.Server.Accounts;
using Kiwire.Server.Network;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Sessions;

/// <summary>
/// Applies a run of journal records within one transaction: reads the sessions they speak of, folds the records in their order, writes each
/// session, account and device once.
/// </summary>
internal sealed class RecordBatch
{
    private readonly StatementRunner _run;
    private readonly ApplierSql _sql;
    private readonly SessionRows _sessions;
    private readonly AccountUsage _usage;
    private readonly LoginRows _logins;
    private readonly Dictionary<(long TenantId, long AccountId), bool> _knownIds = [];
    private readonly Dictionary<(long TenantId, string Name), long> _knownNames = [];
    private readonly Dictionary<(long TenantId, string Mac), long> _knownMacs = [];
    private readonly string _journalId;
    private readonly long _now;

    public RecordBatch(StatementRunner run, ApplierSql sql, UsageWindows windows, string journalId, long now)
    {
        _run = run;
        _sql = sql;
        _journalId = journalId;
        _now = now;
        _sessions = new SessionRows(run, sql);
        _usage = new AccountUsage(run, sql, windows);
        _logins = new LoginRows(run, sql);
    }

    /// <summary>What became of each session, once the batch is applied.</summary>
    public List<AppliedSession> Applied { get; } = [];

    public IReadOnlyList<ExhaustedAccount> Exhausted => _usage.Exhausted;

    /// <summary>What the database then has of accounts' usage; empty where that was not asked.</summary>
    public IReadOnlyDictionary<(long TenantId, long AccountId), StoredUsage> Stored => _usage.Stored;

    /// <summary>How many records were set aside, because they can never be stored.</summary>
    public int SetAside { get; private set; }

    /// <summary>Applies records, in their order.</summary>
    public void Apply(ReadOnlySpan<JournalRecord> items)
    {
        SessionRow?[] rows = FindSessions(items);
        _sessions.Load();
        FindAccounts(items, rows);
        for (int i = 0; i < items.Length; i++)
        {
            Apply(items[i], rows[i]);
        }

        Charge();
        _sessions.Save();
        _logins.Save();
        Collect();
    }

    /// <summary>Puts a record aside that could not be applied.</summary>
    public void Refuse(in JournalRecord item, string reason)
    {
        if (FindSessions([item])[0] is { } row)
        {
            _sessions.Load();
            row.Records++;
        }

        PutAside(item, reason);
        Collect();
    }

    private SessionRow?[] FindSessions(ReadOnlySpan<JournalRecord> items)
    {
        SessionRow?[] rows = new SessionRow?[items.Length];
        HashSet<(long, long)> rebooted = [];
        Span<byte> key = new byte[SessionKey.MaximumLength];
        for (int i = 0; i < items.Length; i++)
        {
            if (items[i].Kind != JournalRecordKind.Accounting || !AccountingRecord.TryRead(items[i].Payload.Span, out AccountingRecord record) || record.Fault is not null)
            {
                continue;
            }

            if (record.IsOfSession)
            {
                rows[i] = _sessions.GetOrAdd(key[..SessionKey.Write(record, key)]);
            }
            else
            {
                rebooted.Add((record.TenantId, record.NasId));
            }
        }

        foreach ((long tenantId, long nasId) in rebooted.Order())
        {
            _sessions.LoadOpen(tenantId, nasId);
        }

        return rows;
    }

    /// <summary>Finds the accounts of sessions that have none yet: by the login in Class, else by name, else a name that is a registered device.</summary>
    private void FindAccounts(ReadOnlySpan<JournalRecord> items, SessionRow?[] rows)
    {
        for (int i = 0; i < items.Length; i++)
        {
            if (rows[i] is not { } row || !AccountingRecord.TryRead(items[i].Payload.Span, out AccountingRecord record))
            {
                continue;
            }

            // A session that has ended, or is started anew, may be followed by one of another account.
            if (row is { AccountId: not 0, Progress.IsOpen: true } && record.Status != AccountingStatus.Start)
            {
                continue;
            }

            if (record.Login.AccountId != 0)
            {
                _knownIds.TryAdd((record.TenantId, record.Login.AccountId), false);
            }

            if (!record.UserName.IsEmpty)
            {
                _knownNames.TryAdd((record.TenantId, KeyOf(record.UserName)), 0);
                if (MacAddress.TryParse(record.UserName, out MacAddress mac))
                {
                    _knownMacs.TryAdd((record.TenantId, mac.ToString()), 0);
                }
            }
        }

        (long TenantId, long AccountId)[] ids = [.. _knownIds.Keys];
        _run.Query(_sql.AccountById, [.. ids.Select(id => (object?[])[id.TenantId, id.AccountId])], (i, _) => _knownIds[ids[i]] = true);
        (long TenantId, string Name)[] names = [.. _knownNames.Keys];
        _run.Query(_sql.AccountByName, [.. names.Select(name => (object?[])[name.TenantId, name.Name])], (i, reader) => _knownNames[names[i]] = reader.GetInt64(0));
        (long TenantId, string Mac)[] macs = [.. _knownMacs.Keys];
        _run.Query(_sql.AccountByMac, [.. macs.Select(mac => (object?[])[mac.TenantId, mac.Mac])], (i, reader) => _knownMacs[macs[i]] = reader.GetInt64(0));
    }

    private void Apply(in JournalRecord item, SessionRow? row)
    {
        if (item.Kind == JournalRecordKind.Login)
        {
            if (LoginRecord.TryRead(item.Payload.Span, out LoginRecord login))
            {
                _logins.Add(login);
                return;
            }
        }
        else if (item.Kind == JournalRecordKind.Accounting && AccountingRecord.TryRead(item.Payload.Span, out AccountingRecord record))
        {
            if (record.Fault is { } fault)
            {
                PutAside(item, fault);
            }
            else if (row is not null)
            {
                Fold(_sessions[row], record);
            }
            else
            {
                Reboot(record);
            }

            return;
        }

        PutAside(item, "the record cannot be read");
    }

    private void Fold(SessionRow row, scoped in AccountingRecord record)
    {
        FoldResult result = SessionFold.Apply(row.Progress, record.News);
        if (row.Progress is { } before && result.Outcome != FoldOutcome.Nothing && result.Progress.Generation != before.Generation)
        {
            if (result.Superseded is { } superseded)
            {
                row.Progress = superseded;
                row.IsChanged = true;
            }

            (int records, UsageTotals used) = (row.Records, row.Used);
            row = _sessions.Follow(row);
            (row.Records, row.Used) = (records, used);
        }

        row.Records++;
        if (result.Outcome == FoldOutcome.Nothing)
        {
            return;
        }

        row.FactsChanged |= row.Progress?.StartedAt != result.Progress.StartedAt;
        row.Progress = result.Progress;
        row.IsChanged = true;
        if (record.Status != AccountingStatus.Stale)
        {
            TakeFacts(row, record);
        }

        if (row.AccountId != 0 && result.Used != default)
        {
            row.Used += result.Used;
            _usage.Add(row.TenantId, row.AccountId, result.Used, record.ReceivedAt);
        }
    }

    private void TakeFacts(SessionRow row, scoped in AccountingRecord record)
    {
        if (row.AccountId == 0 && AccountOf(record) is var account and not 0)
        {
            row.AccountId = account;
            row.FactsChanged = true;
        }

        if (row.LoginId == 0 && record.Login.LoginId != 0)
        {
            row.LoginId = record.Login.LoginId;
            row.FactsChanged = true;
        }

        row.ClientIp = Newer(row, row.ClientIp, AddressText.Of(record.ClientAddress));
        row.NasAddress = Newer(row, row.NasAddress, AddressText.Of(record.SourceAddress));
        row.CalledStationId = Newer(row, row.CalledStationId, Encoding.UTF8.GetString(record.CalledStationId));
        if (!row.IsNew || row.Mac.Length + row.UserName.Length != 0)
        {
            return;
        }

        row.Device = record.Device;
        row.Mac = row.Device.ToString();
        row.UserName = Encoding.UTF8.GetString(record.UserName);
        row.CallingStationId = Encoding.UTF8.GetString(record.CallingStationId);
        row.NasPort = record.NasPort >= 0 ? record.NasPort.ToString(CultureInfo.InvariantCulture) : Encoding.UTF8.GetString(record.NasPortId);
        row.MultiSessionId = Encoding.UTF8.GetString(record.MultiSessionId);
    }

    private static string Newer(SessionRow row, string known, string told)
    {
        if (told.Length == 0 || told == known)
        {
            return known;
        }

        row.FactsChanged = true;
        return told;
    }

    private long AccountOf(scoped in AccountingRecord record)
    {
        if (record.Login.AccountId != 0 && _knownIds.GetValueOrDefault((record.TenantId, record.Login.AccountId)))
        {
            return record.Login.AccountId;
        }

        if (record.UserName.IsEmpty)
        {
            return 0;
        }

        long account = _knownNames.GetValueOrDefault((record.TenantId, KeyOf(record.UserName)));
        return account == 0 && MacAddress.TryParse(record.UserName, out MacAddress mac) ? _knownMacs.GetValueOrDefault((record.TenantId, mac.ToString())) : account;
    }

    private void Reboot(scoped in AccountingRecord record)
    {
        string source = AddressText.Of(record.SourceAddress);
        foreach (SessionRow row in _sessions.Current)
        {
            if (row.NasId != record.NasId || row.TenantId != record.TenantId || row.Progress is not { } progress || (!record.IsWholeNas && row.NasAddress != source))
            {
                continue;
            }

            FoldResult result = SessionFold.ApplyReboot(progress, record.EventAt);
            if (result.Outcome == FoldOutcome.Ended)
            {
                row.Progress = result.Progress;
                row.IsChanged = true;
            }
        }
    }

    /// <summary>Adds the usage to the accounts, and puts the price on sessions that ended (and takes it from those that go on after all).</summary>
    private void Charge()
    {
        foreach (SessionRow row in _sessions.All)
        {
            if (row.IsChanged && row.AccountId != 0 && row.Progress is { IsOpen: false })
            {
                _usage.Add(row.TenantId, row.AccountId, default, arrivedAt: 0);
            }
        }

        _usage.Save();
        foreach (SessionRow row in _sessions.All)
        {
            if (row.IsChanged && row.Progress is { } progress)
            {
                row.Charge = progress.IsOpen || row.AccountId == 0 ? null : _usage.ChargeOf(row.TenantId, row.AccountId, progress.Totals.Seconds);
            }
        }
    }

    private void Collect()
    {
        foreach (SessionRow row in _sessions.Current)
        {
            if (row.Records > 0 || row.IsChanged)
            {
                Applied.Add(new AppliedSession
                {
                    Key = row.Key,
                    Progress = row.Progress,
                    AccountId = row.AccountId,
                    LoginId = row.LoginId,
                    Device = row.Device,
                    Used = row.Used,
                    Records = row.Records,
                    IsNews = row.IsNews,
                });
            }
        }
    }

    private void PutAside(in JournalRecord item, string reason)
    {
        SetAside++;
        _run.Execute(_sql.SetAside, [[_journalId, item.Sequence, (int)item.Kind, item.Payload.ToArray(), reason, _now]]);
    }

    private static string KeyOf(ReadOnlySpan<byte> name) => AccountName.KeyOf(Encoding.UTF8.GetString(name));
}
