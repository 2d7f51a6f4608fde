using System.Text;
using Kiwire.Server.Accounts;
using Kiwire.Server.Network;

namespace Kiwire.Server.Sessions;

/// <summary>The sessions of one batch, by identity: read before it is folded, written after.</summary>
internal sealed class SessionRows(StatementRunner run, ApplierSql sql)
{
    private readonly Dictionary<byte[], SessionRow> _current = new(SessionKeyComparer.Instance);
    private readonly List<SessionRow> _followed = [];

    /// <summary>The newest session of each identity.</summary>
    public IReadOnlyCollection<SessionRow> Current => _current.Values;

    /// <summary>All that the batch may have changed.</summary>
    public IEnumerable<SessionRow> All => _followed.Concat(_current.Values);

    /// <summary>The session of a key; one that <see cref="Load"/> will fill, where it was not asked for before.</summary>
    public SessionRow GetOrAdd(ReadOnlySpan<byte> key)
    {
        Dictionary<byte[], SessionRow>.AlternateLookup<ReadOnlySpan<byte>> bySpan = _current.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (bySpan.TryGetValue(key, out SessionRow? row))
        {
            return row;
        }

        row = new SessionRow { Key = key.ToArray(), IsNew = true };
        _current.Add(row.Key, row);
        return row;
    }

    /// <summary>The session that a key stands for by now.</summary>
    public SessionRow this[SessionRow row] => _current[row.Key];

    /// <summary>Begins the next session of the same identity.</summary>
    public SessionRow Follow(SessionRow row)
    {
        SessionRow next = row.Follow();
        _current[row.Key] = next;
        _followed.Add(row);
        return next;
    }

    /// <summary>Reads what the database has of the sessions, in the order of their keys.</summary>
    public void Load()
    {
        SessionRow[] rows = [.. _current.Values];
        Array.Sort(rows, (x, y) => SessionKeyComparer.Instance.Compare(x.Key, y.Key));
        run.Query(sql.Session, [.. rows.Select(row => KeyValues(row.Key))], (i, reader) => Fill(rows[i], reader));
    }

    /// <summary>Reads all open sessions of a NAS.</summary>
    public void LoadOpen(long tenantId, long nasId) =>
        run.Query(sql.OpenOfNas, [[tenantId, nasId]], (_, reader) =>
        {
            byte[] key = SessionKey.Of(tenantId, nasId, reader.GetString(21), reader.GetString(22));
            if (!_current.ContainsKey(key))
            {
                SessionRow row = new() { Key = key };
                _current.Add(key, row);
                Fill(row, reader);
            }
        });

    /// <summary>Writes what has changed.</summary>
    public void Save()
    {
        List<SessionRow> fresh = [];
        List<object?[]> updates = [];
        List<object?[]> facts = [];
        foreach (SessionRow row in All)
        {
            if (row.Progress is not { } progress)
            {
                continue;
            }

            if (row.IsNew)
            {
                fresh.Add(row);
                continue;
            }

            if (row.IsChanged)
            {
                updates.Add(UpdateValues(row, progress));
            }

            if (row.FactsChanged)
            {
                facts.Add([OrNull(row.AccountId), OrNull(row.LoginId), progress.StartedAt, row.ClientIp, row.NasAddress, row.CalledStationId, row.TenantId, progress.SessionId]);
            }
        }

        run.Execute(sql.UpdateSession, updates);
        run.Execute(sql.UpdateFacts, facts);

        // In the order that all servers keep: two that hear of the same sessions would else wait for each other.
        fresh.Sort((x, y) => SessionKeyComparer.Instance.Compare(x.Key, y.Key));
        run.Execute(sql.InsertSession, [.. fresh.Select(row => InsertValues(row, row.Progress!.Value))]);
    }

    private static void Fill(SessionRow row, IStatementRow reader)
    {
        row.IsNew = false;
        row.AccountId = reader.IsDBNull(2) ? 0 : reader.GetInt64(2);
        row.FormerAccountId = row.AccountId;
        row.WasOpen = reader.IsDBNull(10);
        row.LoginId = reader.IsDBNull(3) ? 0 : reader.GetInt64(3);
        row.Mac = reader.GetString(4);
        row.Device = MacAddress.TryParse(row.Mac, out MacAddress device) ? device : default;
        row.ClientIp = reader.GetString(5);
        row.NasAddress = reader.GetString(6);
        row.CalledStationId = reader.GetString(7);
        row.Charge = reader.IsDBNull(20) ? null : reader.GetString(20);
        row.Progress = new SessionProgress
        {
            SessionId = reader.GetInt64(0),
            Generation = reader.GetInt32(1),
            StartedAt = reader.GetInt64(8),
            LastNewsAt = reader.GetInt64(9),
            EndedAt = reader.IsDBNull(10) ? 0 : reader.GetInt64(10),
            Ending = (SessionEnding)reader.GetInt16(11),
            TerminateCause = reader.IsDBNull(12) ? 0 : reader.GetInt32(12),
            Totals = new UsageTotals(reader.GetInt64(13), reader.GetInt64(14), reader.GetInt64(15)),
            Counters = new UsageTotals(reader.GetInt64(16), reader.GetInt64(17), reader.GetInt64(18)),
            InterimSeconds = reader.GetInt32(19),
        };
    }

    private static object?[] KeyValues(byte[] key) =>
        [SessionKey.TenantId(key), SessionKey.NasId(key), Encoding.UTF8.GetString(SessionKey.SessionId(key)), Encoding.UTF8.GetString(SessionKey.ClientKey(key))];

    private static object?[] InsertValues(SessionRow row, in SessionProgress progress) =>
    [
        row.TenantId, progress.SessionId, row.NasId, Encoding.UTF8.GetString(SessionKey.SessionId(row.Key)), Encoding.UTF8.GetString(SessionKey.ClientKey(row.Key)),
        progress.Generation, OrNull(row.AccountId), OrNull(row.LoginId), row.UserName, row.Mac, row.CallingStationId, row.CalledStationId, row.ClientIp, row.NasAddress,
        row.NasPort, row.MultiSessionId, progress.StartedAt, progress.LastNewsAt, EndedAt(progress), (short)progress.Ending, Cause(progress),
        progress.Totals.Seconds, progress.Totals.OctetsIn, progress.Totals.OctetsOut, progress.Counters.Seconds, progress.Counters.OctetsIn,
        progress.Counters.OctetsOut, progress.InterimSeconds, row.Charge,
    ];

    private static object?[] UpdateValues(SessionRow row, in SessionProgress progress) =>
    [
        progress.LastNewsAt, EndedAt(progress), (short)progress.Ending, Cause(progress), progress.Totals.Seconds, progress.Totals.OctetsIn, progress.Totals.OctetsOut,
        progress.Counters.Seconds, progress.Counters.OctetsIn, progress.Counters.OctetsOut, progress.InterimSeconds, row.Charge, row.TenantId, progress.SessionId,
    ];

    private static long? EndedAt(in SessionProgress progress) => progress.IsOpen ? null : progress.EndedAt;

    private static int? Cause(in SessionProgress progress) => progress.TerminateCause == 0 ? null : progress.TerminateCause;

    private static long? OrNull(long id) => id == 0 ? null : id;
}
