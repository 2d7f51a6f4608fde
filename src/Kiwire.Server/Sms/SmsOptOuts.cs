using System.Data.Common;
using Dapper;
using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;

namespace Kiwire.Server.Sms;

/// <summary>The numbers that want no campaigns, in the database.</summary>
internal sealed class SmsOptOutStore(Database database)
{
    private const string Select =
        "SELECT tenant_id AS TenantId, opt_out_id AS OptOutId, number AS Number, remark AS Remark, created_at AS CreatedAt FROM sms_opt_outs";

    /// <summary>In the order in which they came; or the one with a number.</summary>
    public async Task<IReadOnlyList<SmsOptOut>> ListAsync(long tenantId, string? number, long after, int limit, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<SmsOptOut>(new CommandDefinition(
            $"{Select} WHERE tenant_id = @tenantId AND opt_out_id > @after{(number is null ? "" : " AND number = @number")} ORDER BY opt_out_id LIMIT @limit",
            new { tenantId, number, after, limit },
            cancellationToken: cancellationToken))).AsList();
    }

    public async Task<SmsOptOut?> FindAsync(long tenantId, long optOutId, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<SmsOptOut>(new CommandDefinition(
            $"{Select} WHERE tenant_id = @tenantId AND opt_out_id = @optOutId", new { tenantId, optOutId }, cancellationToken: cancellationToken));
    }

    public static Task<SmsOptOut?> GetAsync(UnitOfWork unit, long tenantId, long optOutId) => unit.Connection.QuerySingleOrDefaultAsync<SmsOptOut>(
        $"{Select} WHERE tenant_id = @tenantId AND opt_out_id = @optOutId", new { tenantId, optOutId }, unit.Transaction);

    /// <summary>Which of these numbers want none.</summary>
    public async Task<HashSet<string>> FindAmongAsync(DbConnection connection, DbTransaction? transaction, long tenantId, IReadOnlyList<string> numbers) =>
        numbers.Count == 0 ? [] :
        [
            .. await connection.QueryAsync<string>(
                $"SELECT number FROM sms_opt_outs WHERE tenant_id = @tenantId AND {database.Dialect.IsAnyOf("number", "@numbers")}",
                new { tenantId, numbers },
                transaction),
        ];

    /// <inheritdoc cref="FindAmongAsync(DbConnection, DbTransaction?, long, IReadOnlyList{string})"/>
    public async Task<HashSet<string>> FindAmongAsync(long tenantId, IReadOnlyList<string> numbers, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return await FindAmongAsync(connection, transaction: null, tenantId, numbers);
    }

    /// <summary>False: the number is in the list.</summary>
    public static async Task<bool> InsertAsync(UnitOfWork unit, SmsOptOut optOut) => await unit.Connection.ExecuteAsync(
        """
        INSERT INTO sms_opt_outs (tenant_id, opt_out_id, number, remark, created_at) VALUES (@TenantId, @OptOutId, @Number, @Remark, @CreatedAt)
        ON CONFLICT DO NOTHING
        """,
        optOut,
        unit.Transaction) > 0;

    public static Task DeleteAsync(UnitOfWork unit, long tenantId, long optOutId) => unit.Connection.ExecuteAsync(
        "DELETE FROM sms_opt_outs WHERE tenant_id = @tenantId AND opt_out_id = @optOutId", new { tenantId, optOutId }, unit.Transaction);
}

/// <summary>Adds and removes numbers that want no campaigns.</summary>
internal sealed class SmsOptOuts(SmsOptOutStore store, CommitQueue commits, IdSource ids, TimeProvider time)
{
    /// <summary>What the audit log calls one.</summary>
    private const string Kind = "sms-opt-out";
    private const int LongestRemarkOctets = 500;

    public SmsOptOutStore Store => store;

    /// <exception cref="DbException">The database is away.</exception>
    public async Task<SaveOutcome> CreateAsync(long tenantId, string? number, string remark, CancellationToken cancellationToken)
    {
        List<FieldFault> faults = [];
        if (!PhoneNumber.TryParse(number, country: null, out PhoneNumber phone, out string? fault))
        {
            faults.Add(new("number", fault));
        }

        if (TextFault.Find(remark, LongestRemarkOctets) is { } wrong)
        {
            faults.Add(new("remark", $"{wrong}; it must be text of at most {LongestRemarkOctets} octets."));
        }

        if (faults.Count > 0)
        {
            return new SaveOutcome.Refused(faults);
        }

        SmsOptOut optOut = new()
        {
            TenantId = tenantId,
            OptOutId = ids.Next(),
            Number = phone.Digits,
            Remark = remark.Trim(),
            CreatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        return await commits.EnqueueAsync<SaveOutcome>(
            async unit =>
            {
                if (!await SmsOptOutStore.InsertAsync(unit, optOut))
                {
                    return new SaveOutcome.Exists();
                }

                await unit.AuditAsync(tenantId, AuditAction.Create, Kind, phone.Masked, new AuditChanges().Set("remark", optOut.Remark));
                return new SaveOutcome.Saved(optOut.OptOutId);
            },
            cancellationToken);
    }

    /// <returns>False: there is none.</returns>
    /// <exception cref="DbException">The database is away.</exception>
    public Task<bool> DeleteAsync(long tenantId, long optOutId, CancellationToken cancellationToken) => commits.EnqueueAsync(
        async unit =>
        {
            if (await SmsOptOutStore.GetAsync(unit, tenantId, optOutId) is not { } optOut)
            {
                return false;
            }

            await SmsOptOutStore.DeleteAsync(unit, tenantId, optOutId);
            _ = PhoneNumber.TryParse("+" + optOut.Number, out PhoneNumber phone);
            await unit.AuditAsync(tenantId, AuditAction.Delete, Kind, phone.Masked, AuditChanges.None);
            return true;
        },
        cancellationToken);
}
