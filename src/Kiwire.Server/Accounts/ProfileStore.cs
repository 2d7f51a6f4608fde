using System.Data.Common;
using Dapper;
using Kiwire.Server.Storage;
using Kiwire.Server.Web;

namespace Kiwire.Server.Accounts;

/// <summary>The profiles in the database. What is saved holds for the accounts in memory when the call completes.</summary>
internal sealed class ProfileStore(Database database, IEnumerable<IUse> uses, CommitQueue commits, IdSource ids, ProfileDirectory directory)
{
    /// <summary>What the audit log calls it.</summary>
    private const string Kind = "profile";

    /// <summary>The profile that every tenant has: Expiration, 5 minutes, one device. It cannot be deleted.</summary>
    public const string TemporaryName = "wx_temp";

    private const string Columns =
        """
        tenant_id AS TenantId, profile_id AS ProfileId, name AS Name, price AS Price, type AS Type, edx AS Edx, minutes AS Minutes,
        volume_limited AS VolumeLimited, volume_octets AS VolumeOctets, idle_minutes AS IdleMinutes, simultaneous AS Simultaneous,
        down_kbps AS DownKbps, up_kbps AS UpKbps, min_down_kbps AS MinDownKbps, min_up_kbps AS MinUpKbps, auto_reset AS AutoReset,
        login_hours AS LoginHours, version AS Version
        """;

    private const string Insert =
        """
        INSERT INTO profiles (tenant_id, profile_id, name, name_key, price, type, edx, minutes, volume_limited, volume_octets, idle_minutes,
                              simultaneous, down_kbps, up_kbps, min_down_kbps, min_up_kbps, auto_reset, login_hours)
        VALUES (@TenantId, @ProfileId, @Name, @NameKey, @Price, @Type, @Edx, @Minutes, @VolumeLimited, @VolumeOctets, @IdleMinutes,
                @Simultaneous, @DownKbps, @UpKbps, @MinDownKbps, @MinUpKbps, @AutoReset, @LoginHours)
        ON CONFLICT DO NOTHING
        """;

    /// <summary>A tenant's profiles by name.</summary>
    public async Task<IReadOnlyList<Profile>> ListAsync(long tenantId, int start, int limit, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        IEnumerable<ProfileRow> rows = await connection.QueryAsync<ProfileRow>(new CommandDefinition(
            $"SELECT {Columns} FROM profiles WHERE tenant_id = @tenantId ORDER BY name_key LIMIT @limit OFFSET @start",
            new { tenantId, start, limit },
            cancellationToken: cancellationToken));
        return [.. rows.Select(row => row.ToProfile())];
    }

    /// <summary>A tenant's profiles by name, from memory.</summary>
    public IReadOnlyList<Profile> List(long tenantId) => directory.List(tenantId);

    /// <summary>Whether there is a profile of that name: memory says so, or else the database (another server may have just made it).</summary>
    public async Task<bool> ExistsAsync(long tenantId, string name, CancellationToken cancellationToken) =>
        directory.TryGetByName(tenantId, name, out _) || await FindAsync(tenantId, name, cancellationToken) is not null;

    /// <summary>The profile of that name, whatever the case; null: there is none.</summary>
    public async Task<Profile?> FindAsync(long tenantId, string name, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return await FindAsync(connection, null, tenantId, name);
    }

    /// <summary>Makes a profile.</summary>
    public async Task<SaveOutcome> CreateAsync(long tenantId, ProfileSettings given, CancellationToken cancellationToken)
    {
        if (!ProfileValidator.TryMake(null, given, tenantId, ids.Next(), out Profile? profile, out List<FieldFault> faults))
        {
            return new SaveOutcome.Refused(faults);
        }

        bool created = await commits.EnqueueAsync(
            async unit =>
            {
                bool inserted = await InsertAsync(unit, profile);
                if (inserted)
                {
                    await unit.AuditAsync(tenantId, AuditAction.Create, Kind, profile.Name, ProfileChanges.Between(null, profile));
                }

                return inserted;
            },
            cancellationToken);
        await directory.LoadAsync(ReadAllAsync, cancellationToken);
        return created ? new SaveOutcome.Saved(profile.ProfileId) : new SaveOutcome.Exists();
    }

    /// <summary>Changes what is given of a profile, whatever its version.</summary>
    public Task<SaveOutcome> UpdateAsync(long tenantId, string name, ProfileSettings given, CancellationToken cancellationToken) =>
        UpdateAsync(tenantId, name, given, ifVersion: 0, cancellationToken);

    /// <summary>Changes what is given of a profile.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="name">Which.</param>
    /// <param name="given">What is given.</param>
    /// <param name="ifVersion">Only if the profile still has that version; 0: whatever it has.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<SaveOutcome> UpdateAsync(
        long tenantId, string name, ProfileSettings given, long ifVersion, CancellationToken cancellationToken)
    {
        SaveOutcome outcome = await commits.EnqueueAsync(unit => UpdateAsync(unit, tenantId, name, given, ifVersion), cancellationToken);
        await directory.LoadAsync(ReadAllAsync, cancellationToken);
        return outcome;
    }

    /// <summary>Deletes a profile that no account uses, whatever its version.</summary>
    public Task<ProfileDeletion> DeleteAsync(long tenantId, string name, CancellationToken cancellationToken) =>
        DeleteAsync(tenantId, name, ifVersion: 0, cancellationToken);

    /// <summary>Deletes a profile that no account uses.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="name">Which.</param>
    /// <param name="ifVersion">Only if the profile still has that version; 0: whatever it has.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<ProfileDeletion> DeleteAsync(long tenantId, string name, long ifVersion, CancellationToken cancellationToken)
    {
        if (AccountName.KeyOf(name.Trim()) == TemporaryName)
        {
            return ProfileDeletion.Kept;
        }

        ProfileDeletion deletion = await commits.EnqueueAsync(unit => DeleteAsync(unit, tenantId, name, ifVersion), cancellationToken);
        await directory.LoadAsync(ReadAllAsync, cancellationToken);
        return deletion;
    }

    /// <summary>Gives each of these tenants its temporary profile, where it has none.</summary>
    public async Task EnsureTemporaryAsync(IReadOnlyList<long> tenantIds, CancellationToken cancellationToken)
    {
        List<long> without = [];
        foreach (long tenantId in tenantIds)
        {
            if (!directory.TryGetByName(tenantId, TemporaryName, out _))
            {
                without.Add(tenantId);
            }
        }

        if (without.Count == 0)
        {
            return;
        }

        await commits.EnqueueAsync(
            async unit =>
            {
                foreach (long tenantId in without)
                {
                    await InsertAsync(unit, Temporary(tenantId));
                }

                return true;
            },
            cancellationToken);
        await directory.LoadAsync(ReadAllAsync, cancellationToken);
    }

    /// <summary>All tenants' profiles into the directory, from the database.</summary>
    /// <exception cref="DbException">The database is away; what was known stays.</exception>
    public Task LoadDirectoryAsync(CancellationToken cancellationToken) => directory.LoadAsync(ReadAllAsync, cancellationToken);

    /// <summary>The profile of that name in a transaction under way; null: there is none.</summary>
    public static async Task<long?> FindIdAsync(UnitOfWork unit, long tenantId, string name) =>
        !AccountName.IsPossible(name.Trim()) ? null : await unit.Connection.ExecuteScalarAsync<long?>(
            "SELECT profile_id FROM profiles WHERE tenant_id = @tenantId AND name_key = @Key",
            new { tenantId, Key = AccountName.KeyOf(name.Trim()) },
            unit.Transaction);

    private async Task<IReadOnlyList<Profile>> ReadAllAsync(CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        IEnumerable<ProfileRow> rows = await connection.QueryAsync<ProfileRow>(
            new CommandDefinition($"SELECT {Columns} FROM profiles", cancellationToken: cancellationToken));
        return [.. rows.Select(row => row.ToProfile())];
    }

    private static async Task<Profile?> FindAsync(DbConnection connection, DbTransaction? transaction, long tenantId, string name)
    {
        if (!AccountName.IsPossible(name.Trim()))
        {
            return null;
        }

        ProfileRow? row = await connection.QuerySingleOrDefaultAsync<ProfileRow>(
            $"SELECT {Columns} FROM profiles WHERE tenant_id = @tenantId AND name_key = @Key",
            new { tenantId, Key = AccountName.KeyOf(name.Trim()) },
            transaction);
        return row?.ToProfile();
    }

    private static async Task<bool> InsertAsync(UnitOfWork unit, Profile profile)
    {
        int inserted = await unit.Connection.ExecuteAsync(Insert, new ProfileRow(profile), unit.Transaction);
        if (inserted > 0)
        {
            unit.Announce(new Change(ChangeKind.Profile, profile.TenantId, profile.ProfileId));
        }

        return inserted > 0;
    }

    private static async Task<SaveOutcome> UpdateAsync(UnitOfWork unit, long tenantId, string name, ProfileSettings given, long ifVersion)
    {
        if (await FindAsync(unit.Connection, unit.Transaction, tenantId, name) is not { } current)
        {
            return new SaveOutcome.Missing();
        }

        if (!EntityTags.Matches(ifVersion, current.Version))
        {
            return new SaveOutcome.Stale();
        }

        if (!ProfileValidator.TryMake(current, given, tenantId, current.ProfileId, out Profile? profile, out List<FieldFault> faults))
        {
            return new SaveOutcome.Refused(faults);
        }

        string key = AccountName.KeyOf(profile.Name);
        if (AccountName.KeyOf(current.Name) == TemporaryName && key != TemporaryName)
        {
            return new SaveOutcome.Refused([new("name", $"cannot be changed: every tenant has a profile {TemporaryName}.")]);
        }

        if (await FindIdAsync(unit, tenantId, profile.Name) is { } namesake && namesake != profile.ProfileId)
        {
            return new SaveOutcome.Exists();
        }

        DynamicParameters parameters = new(new ProfileRow(profile));
        parameters.Add("CurrentVersion", current.Version);
        int updated = await unit.Connection.ExecuteAsync(
            """
            UPDATE profiles SET name = @Name, name_key = @NameKey, price = @Price, type = @Type, edx = @Edx, minutes = @Minutes,
                                volume_limited = @VolumeLimited, volume_octets = @VolumeOctets, idle_minutes = @IdleMinutes,
                                simultaneous = @Simultaneous, down_kbps = @DownKbps, up_kbps = @UpKbps, min_down_kbps = @MinDownKbps,
                                min_up_kbps = @MinUpKbps, auto_reset = @AutoReset, login_hours = @LoginHours, version = version + 1
            WHERE tenant_id = @TenantId AND profile_id = @ProfileId AND version = @CurrentVersion
            """,
            parameters,
            unit.Transaction);
        if (updated == 0)
        {
            // Another server has changed it since it was read: what is not given here stays as it is now.
            return await UpdateAsync(unit, tenantId, name, given, ifVersion);
        }

        unit.Announce(new Change(ChangeKind.Profile, tenantId, profile.ProfileId));
        await unit.AuditAsync(tenantId, AuditAction.Update, Kind, current.Name, ProfileChanges.Between(current, profile));
        return new SaveOutcome.Saved(profile.ProfileId);
    }

    private async Task<ProfileDeletion> DeleteAsync(UnitOfWork unit, long tenantId, string name, long ifVersion)
    {
        if (await FindAsync(unit.Connection, unit.Transaction, tenantId, name) is not { ProfileId: var profileId } profile)
        {
            return ProfileDeletion.Missing;
        }

        if (!EntityTags.Matches(ifVersion, profile.Version))
        {
            return ProfileDeletion.Stale;
        }

        bool chosen = await uses.FindUseAsync(unit, tenantId, UsedKind.Profile, profileId) is not null;
        int deleted = await unit.Connection.ExecuteAsync(
            """
            DELETE FROM profiles WHERE tenant_id = @tenantId AND profile_id = @profileId AND @chosen = 0
            AND NOT EXISTS (SELECT 1 FROM accounts WHERE tenant_id = @tenantId AND profile_id = @profileId)
            """,
            new { tenantId, profileId, chosen = chosen ? 1 : 0 },
            unit.Transaction);
        if (deleted == 0)
        {
            return await IsUsedAsync(unit, tenantId, profileId) ? ProfileDeletion.InUse : ProfileDeletion.Chosen;
        }

        unit.Announce(new Change(ChangeKind.Profile, tenantId, profileId));
        await unit.AuditAsync(tenantId, AuditAction.Delete, Kind, profile.Name, AuditChanges.None);
        return ProfileDeletion.Deleted;
    }

    private static async Task<bool> IsUsedAsync(UnitOfWork unit, long tenantId, long profileId) =>
        await unit.Connection.ExecuteScalarAsync<long>(
            "SELECT COUNT(*) FROM (SELECT 1 AS one FROM accounts WHERE tenant_id = @tenantId AND profile_id = @profileId LIMIT 1) AS used",
            new { tenantId, profileId },
            unit.Transaction) > 0;

    private Profile Temporary(long tenantId) => new()
    {
        TenantId = tenantId,
        ProfileId = ids.Next(),
        Name = TemporaryName,
        Type = ProfileType.Expiration,
        Minutes = 5,
        Simultaneous = 1,
    };
}
