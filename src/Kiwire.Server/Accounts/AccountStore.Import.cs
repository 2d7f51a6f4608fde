using System.Data.Common;
using System.Globalization;
using Dapper;
using Kiwire.Server.Accounts.Bulk;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Accounts;

/// <summary>Taking in the rows of files.</summary>
internal sealed partial class AccountStore
{
    /// <summary>Finds out what is to be done with rows, in a transaction under way; nothing is written.</summary>
    public async Task<ImportPlan> PlanImportAsync(UnitOfWork unit, long tenantId, BulkFields fields, IReadOnlyList<ImportItem> items, OnExisting onExisting)
    {
        Dictionary<string, AccountKind> existing = await FindKindsAsync(unit, tenantId, [.. items.Select(item => item.NameKey)]);
        Dictionary<string, long?> profiles = [];
        ImportPlan plan = new();
        foreach (ImportItem item in items)
        {
            bool exists = existing.TryGetValue(item.NameKey, out AccountKind kind);
            string? profile = item.Draft.Profile ?? (exists ? null : ProfileStore.TemporaryName);
            if (profile is not null && !profiles.ContainsKey(profile))
            {
                profiles.Add(profile, await ProfileStore.FindIdAsync(unit, tenantId, profile));
            }

            if (exists && kind != fields.Kind)
            {
                plan.Refuse(item, fields.Name, $"is '{item.Draft.Name}', which is a {(kind == AccountKind.Voucher ? "voucher" : "user")}; it must be another name.");
            }
            else if (exists && onExisting != OnExisting.Update)
            {
                if (onExisting == OnExisting.Skip)
                {
                    plan.Skipped++;
                    continue;
                }

                plan.Refuse(item, fields.Name, $"is '{item.Draft.Name}', which exists; it must be a new name, or onExisting be skip or update.");
            }
            else if (profile is not null && profiles[profile] is null)
            {
                FieldFault fault = AccountValidator.NoSuchProfile("profile", profile);
                plan.Refuse(item, fault.Field, fault.Fault);
            }
            else if (exists)
            {
                plan.Changed.Add(item);
            }
            else if (fields.Kind == AccountKind.User && item.Draft.Password is null)
            {
                plan.Refuse(item, "password", "is missing; a new user must have one.");
            }
            else
            {
                byte[]? password = item.Draft.Password is { } given ? secrets.Protect(given, PasswordPurpose) : null;
                plan.New.Add((item, NewRow(tenantId, fields.Kind, item.Draft.Name!, password, profiles[profile!]!.Value, item.Draft)));
            }
        }

        return plan;
    }

    /// <summary>Carries a plan out, in the transaction that it was made in.</summary>
    public async Task<ImportWritten> WriteImportAsync(UnitOfWork unit, long tenantId, BulkFields fields, ImportPlan plan)
    {
        HashSet<long> inserted = await rows.InsertAsync(unit, [.. plan.New.Select(made => made.Row)]);
        if (plan.New.Count > 0)
        {
            // One stands for all: nothing of them is in memory but that they do not exist.
            unit.Announce(new Change(ChangeKind.Account, tenantId, plan.New[0].Row.AccountId));
        }

        int updated = 0;
        foreach (ImportItem item in plan.Changed)
        {
            if (await UpdateAsync(unit, tenantId, item.Draft.Name!, fields.Kind, item.Draft, ifVersion: 0) is SaveOutcome.Saved)
            {
                updated++;
            }
        }

        IReadOnlyList<ImportItem> overtaken =
            inserted.Count == plan.New.Count ? [] : [.. plan.New.Where(made => !inserted.Contains(made.Row.AccountId)).Select(made => made.Item)];
        return new ImportWritten(inserted.Count, updated, overtaken);
    }

    /// <summary>Writes down that rows of a file were taken in; each change of an account that existed is written down besides.</summary>
    public static Task AuditImportAsync(UnitOfWork unit, long tenantId, AccountKind kind, long firstLine, long lastLine, long created, long updated, long skipped) =>
        unit.AuditAsync(
            tenantId,
            "import",
            AuditKind(kind),
            $"lines {firstLine} to {lastLine}",
            new AuditChanges().Set("created", (long?)created).Set("updated", (long?)updated).Set("skipped", (long?)skipped));

    private async Task<Dictionary<string, AccountKind>> FindKindsAsync(UnitOfWork unit, long tenantId, IReadOnlyList<string> keys)
    {
        Dictionary<string, AccountKind> kinds = [];
        if (database.Provider == StorageProvider.PostgreSql)
        {
            foreach ((string nameKey, int kind) in await unit.Connection.QueryAsync<(string, int)>(
                "SELECT name_key, kind FROM accounts WHERE tenant_id = @tenantId AND name_key = ANY(@keys)", new { tenantId, keys }, unit.Transaction))
            {
                kinds[nameKey] = (AccountKind)kind;
            }

            return kinds;
        }

        // One by one in the process: for a list, SQLite walks all names of the tenant.
        DbCommand find = unit.Command("SELECT kind FROM accounts WHERE tenant_id = @tenant_id AND name_key = @name_key", "tenant_id", "name_key");
        foreach (string key in keys)
        {
            find.SetValues(tenantId, key);
            if (await find.ExecuteScalarAsync() is { } kind)
            {
                kinds[key] = (AccountKind)Convert.ToInt32(kind, CultureInfo.InvariantCulture);
            }
        }

        return kinds;
    }
}
