using System.Net;
using Kiwire.Server.Network;
using Kiwire.Server.Sms;
using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;
using Kiwire.Server.Web;

namespace Kiwire.Server.OneTimeCodes;

/// <summary>Adds, changes and removes entries of the allow lists.</summary>
internal sealed class GuardAllowList(GuardAllowedStore store, CommitQueue commits, IdSource ids, TimeProvider time)
{
    /// <summary>What the audit log calls an entry.</summary>
    private const string Kind = "sms-guard-allowed";

    /// <summary>They are looked through for each code.</summary>
    private const int Most = 500;
    private const int LongestRemarkOctets = 500;

    public Task<IReadOnlyList<GuardAllowed>> ListAsync(long tenantId, long after, int limit, CancellationToken cancellationToken) =>
        store.ListAsync(tenantId, after, limit, cancellationToken);

    public Task<GuardAllowed?> FindAsync(long tenantId, long entryId, CancellationToken cancellationToken) =>
        store.FindAsync(tenantId, entryId, cancellationToken);

    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public async Task<SaveOutcome> CreateAsync(long tenantId, string? number, string? address, string remark, CancellationToken cancellationToken)
    {
        List<FieldFault> faults = [];
        GuardAllowed entry = new()
        {
            TenantId = tenantId,
            EntryId = ids.Next(),
            Remark = remark.Trim(),
            CreatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        if ((number is null) == (address is null))
        {
            faults.Add(new("number", number is null ? "is not given, nor is address; one of them must be." : "is given, and address too; only one of them may be."));
        }

        Apply(entry, number, address, faults);
        if (faults.Count > 0)
        {
            return new SaveOutcome.Refused(faults);
        }

        return await commits.EnqueueAsync<SaveOutcome>(
            async unit =>
            {
                if (await GuardAllowedStore.CountAsync(unit, tenantId) >= Most)
                {
                    return new SaveOutcome.Refused([new FieldFault(number is null ? "address" : "number", $"is one too many: there may be {Most} entries.")]);
                }

                if (!await GuardAllowedStore.InsertAsync(unit, entry))
                {
                    return new SaveOutcome.Exists();
                }

                await unit.AuditAsync(tenantId, AuditAction.Create, Kind, entry.Value, new AuditChanges().Set("remark", entry.Remark));
                return new SaveOutcome.Saved(entry.EntryId);
            },
            cancellationToken);
    }

    /// <summary>Changes what is given; a number may take an address's place, and the other way round.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public Task<SaveOutcome> UpdateAsync(
        long tenantId, long entryId, string? number, string? address, string? remark, long ifVersion, CancellationToken cancellationToken) =>
        commits.EnqueueAsync<SaveOutcome>(
            async unit =>
            {
                if (await GuardAllowedStore.GetAsync(unit, tenantId, entryId) is not { } entry)
                {
                    return new SaveOutcome.Missing();
                }

                if (!EntityTags.Matches(ifVersion, entry.Version))
                {
                    return new SaveOutcome.Stale();
                }

                (string value, string before) = (entry.Value, entry.Remark);
                entry.Remark = remark?.Trim() ?? entry.Remark;
                List<FieldFault> faults = number is not null && address is not null ? [new("number", "is given, and address too; only one of them may be.")] : [];
                Apply(entry, number, address, faults);
                if (faults.Count > 0)
                {
                    return new SaveOutcome.Refused(faults);
                }

                if (await GuardAllowedStore.IsTakenAsync(unit, entry))
                {
                    return new SaveOutcome.Exists();
                }

                await GuardAllowedStore.UpdateAsync(unit, entry);
                await unit.AuditAsync(
                    tenantId, AuditAction.Update, Kind, value, new AuditChanges().Compare("value", value, entry.Value).Compare("remark", before, entry.Remark));
                return new SaveOutcome.Saved(entryId);
            },
            cancellationToken);

    /// <returns>Saved, Missing or Stale.</returns>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public Task<SaveOutcome> DeleteAsync(long tenantId, long entryId, long ifVersion, CancellationToken cancellationToken) =>
        commits.EnqueueAsync<SaveOutcome>(
            async unit =>
            {
                if (await GuardAllowedStore.GetAsync(unit, tenantId, entryId) is not { } entry)
                {
                    return new SaveOutcome.Missing();
                }

                if (!EntityTags.Matches(ifVersion, entry.Version))
                {
                    return new SaveOutcome.Stale();
                }

                await GuardAllowedStore.DeleteAsync(unit, tenantId, entryId);
                await unit.AuditAsync(tenantId, AuditAction.Delete, Kind, entry.Value, AuditChanges.None);
                return new SaveOutcome.Saved(entryId);
            },
            cancellationToken);

    private static void Apply(GuardAllowed entry, string? number, string? address, List<FieldFault> faults)
    {
        if (number is not null)
        {
            if (PhoneNumber.TryParse(number, country: null, out PhoneNumber phone, out string? fault))
            {
                (entry.Kind, entry.Value) = (GuardAllowedKind.Number, phone.Digits);
            }
            else
            {
                faults.Add(new("number", fault));
            }
        }

        if (address is not null)
        {
            if (NasAddress.TryParse(address, out IPNetwork network))
            {
                (entry.Kind, entry.Value) = (GuardAllowedKind.Address, NasAddress.ToText(network));
            }
            else
            {
                faults.Add(new("address", "is neither an address such as 192.0.2.1 nor a prefix such as 192.0.2.0/24."));
            }
        }

        if (TextFault.Find(entry.Remark, LongestRemarkOctets) is { } wrong)
        {
            faults.Add(new("remark", $"{wrong}; it must be text of at most {LongestRemarkOctets} octets."));
        }
    }
}
