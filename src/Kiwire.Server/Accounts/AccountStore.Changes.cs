using System.Data.Common;
using System.Globalization;
using System.Text;
using Dapper;
using Kiwire.Server.Storage;
using Kiwire.Server.Web;

namespace Kiwire.Server.Accounts;

/// <summary>Making, changing and deleting.</summary>
internal sealed partial class AccountStore
{
    // Rows of a bulk insert that go into one unit of work; others wait that long.
    private const int RowsPerUnit = 5000;

    /// <summary>Makes a user.</summary>
    public async Task<SaveOutcome> CreateUserAsync(long tenantId, AccountSettings given, CancellationToken cancellationToken)
    {
        (AccountDraft draft, List<FieldFault> faults) = await validator.CheckAsync(tenantId, given, creating: true, cancellationToken);
        if (faults.Count > 0)
        {
            return new SaveOutcome.Refused(faults);
        }

        return await commits.EnqueueAsync(
            async unit =>
            {
                if (await ProfileStore.FindIdAsync(unit, tenantId, draft.Profile!) is not { } profileId)
                {
                    return new SaveOutcome.Refused([AccountValidator.NoSuchProfile("profile", draft.Profile!)]);
                }

                AccountRow row = NewRow(tenantId, AccountKind.User, draft.Name!, secrets.Protect(draft.Password, PasswordPurpose), profileId, draft);
                return await InsertOneAsync(unit, row, draft.Profile!);
            },
            cancellationToken);
    }

    /// <summary>Makes one voucher with a code that somebody chose.</summary>
    public async Task<SaveOutcome> CreateVoucherAsync(long tenantId, string code, VoucherOrder order, CancellationToken cancellationToken)
    {
        (AccountDraft draft, List<FieldFault> faults) = await validator.CheckAsync(tenantId, order, time.GetUtcNow(), cancellationToken);
        AccountValidator.CheckName("code", code, creating: true, faults);
        if (faults.Count > 0)
        {
            return new SaveOutcome.Refused(faults);
        }

        return await commits.EnqueueAsync(
            async unit => await ProfileStore.FindIdAsync(unit, tenantId, draft.Profile!) is { } profileId
                ? await InsertOneAsync(unit, NewRow(tenantId, AccountKind.Voucher, code, null, profileId, draft), draft.Profile!)
                : new SaveOutcome.Refused([AccountValidator.NoSuchProfile("profile", draft.Profile!)]),
            cancellationToken);
    }

    /// <summary>Makes vouchers with codes that nobody can guess.</summary>
    public async Task<VoucherOutcome> CreateVouchersAsync(long tenantId, VoucherOrder order, bool lettersToo, CancellationToken cancellationToken)
    {
        (AccountDraft draft, List<FieldFault> faults) = await validator.CheckAsync(tenantId, order, time.GetUtcNow(), cancellationToken);
        if (faults.Count > 0)
        {
            return new VoucherOutcome.Refused(faults);
        }

        return await commits.EnqueueAsync(
            async unit =>
            {
                if (await ProfileStore.FindIdAsync(unit, tenantId, draft.Profile!) is not { } profileId)
                {
                    return new VoucherOutcome.Refused([AccountValidator.NoSuchProfile("profile", draft.Profile!)]);
                }

                int quantity = order.Quantity ?? VoucherOrder.DefaultQuantity;
                List<string> codes = new(quantity);
                while (codes.Count < quantity)
                {
                    List<AccountRow> made = [];
                    for (int i = codes.Count; i < quantity; i++)
                    {
                        made.Add(NewRow(tenantId, AccountKind.Voucher, draft.Name + VoucherCode.Next(lettersToo), null, profileId, draft));
                    }

                    // A code that is taken already is made anew.
                    HashSet<long> inserted = await rows.InsertAsync(unit, made);
                    codes.AddRange(made.Where(row => inserted.Contains(row.AccountId)).Select(row => row.Name));
                    unit.Announce(new Change(ChangeKind.Account, tenantId, made[0].AccountId));
                }

                await unit.AuditAsync(tenantId, AuditAction.Create, AuditKind(AccountKind.Voucher), draft.Name!, AccountChanges.OfOrder(quantity, draft));
                return (VoucherOutcome)new VoucherOutcome.Created(codes);
            },
            cancellationToken);
    }

    /// <summary>Changes what is given of a user or voucher, whatever its version; what is not given stays.</summary>
    public Task<SaveOutcome> UpdateAsync(
        long tenantId, string name, AccountKind kind, AccountSettings given, CancellationToken cancellationToken) =>
        UpdateAsync(tenantId, name, kind, given, ifVersion: 0, cancellationToken);

    /// <summary>Changes what is given of a user or voucher; what is not given stays.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="name">Which.</param>
    /// <param name="kind">What it must be.</param>
    /// <param name="given">What is given.</param>
    /// <param name="ifVersion">Only if it still has that version; 0: whatever it has.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<SaveOutcome> UpdateAsync(
        long tenantId, string name, AccountKind kind, AccountSettings given, long ifVersion, CancellationToken cancellationToken)
    {
        (AccountDraft draft, List<FieldFault> faults) = await validator.CheckAsync(tenantId, given, creating: false, cancellationToken);
        if (draft.Name is not null && AccountName.KeyOf(draft.Name) != AccountName.KeyOf(name))
        {
            faults.Add(new("username", $"cannot be changed; it must be '{name}', or not given."));
        }

        if (kind == AccountKind.Voucher && draft.Password is not null)
        {
            faults.Add(new("password", "cannot be given to a voucher, whose code is its password; it must not be given."));
        }

        return faults.Count > 0
            ? new SaveOutcome.Refused(faults)
            : await commits.EnqueueAsync(unit => UpdateAsync(unit, tenantId, name, kind, draft, ifVersion), cancellationToken);
    }

    /// <summary>Deletes a user or voucher, whatever its version.</summary>
    /// <returns>Saved with the account's id, or Missing.</returns>
    public Task<SaveOutcome> DeleteAsync(long tenantId, string name, AccountKind kind, CancellationToken cancellationToken) =>
        DeleteAsync(tenantId, name, kind, ifVersion: 0, cancellationToken);

    /// <summary>Deletes a user or voucher.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="name">Which.</param>
    /// <param name="kind">What it must be.</param>
    /// <param name="ifVersion">Only if it still has that version; 0: whatever it has.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Saved with the account's id, Missing or Stale.</returns>
    public Task<SaveOutcome> DeleteAsync(long tenantId, string name, AccountKind kind, long ifVersion, CancellationToken cancellationToken) =>
        commits.EnqueueAsync(unit => DeleteAsync(unit, tenantId, name, kind, ifVersion), cancellationToken);

    /// <summary>
    /// Makes users <c>user000000</c> with password <c>pass000000</c> and so on, for load tests; those that are there stay. Returns how many
    /// were made.
    /// </summary>
    public async Task<int> AddSeriesAsync(long tenantId, int count, long profileId, CancellationToken cancellationToken)
    {
        int made = 0;
        Task<int> storing = Task.FromResult(0);
        for (int first = 0; first < count; first += RowsPerUnit)
        {
            int last = Math.Min(count, first + RowsPerUnit) - 1;
            if (await HasBothAsync(tenantId, SeriesName("user", first), SeriesName("user", last), cancellationToken))
            {
                continue;
            }

            // Encrypted while those before are being stored.
            List<(long AccountId, string Name, byte[] Password)> users = new(RowsPerUnit);
            for (int i = first; i <= last; i++)
            {
                users.Add((ids.Next(), SeriesName("user", i), secrets.Protect(Encoding.UTF8.GetBytes(SeriesName("pass", i)), PasswordPurpose)));
            }

            made += await storing;
            storing = StoreSeriesAsync(tenantId, profileId, users, cancellationToken);
        }

        return made + await storing;
    }

    private Task<int> StoreSeriesAsync(
        long tenantId, long profileId, List<(long AccountId, string Name, byte[] Password)> users, CancellationToken cancellationToken) =>
        commits.EnqueueAsync(
            async unit =>
            {
                // One stands for all: nothing of them is in memory but that they do not exist.
                unit.Announce(new Change(ChangeKind.Account, tenantId, users[0].AccountId));
                return await rows.InsertSeriesAsync(unit, tenantId, profileId, Now, users);
            },
            cancellationToken);

    private async Task<SaveOutcome> UpdateAsync(UnitOfWork unit, long tenantId, string name, AccountKind kind, AccountDraft draft, long ifVersion)
    {
        if (await FindAsync(unit, tenantId, name, kind) is not { } current)
        {
            return new SaveOutcome.Missing();
        }

        if (!EntityTags.Matches(ifVersion, current.Version))
        {
            return new SaveOutcome.Stale();
        }

        long? profileId = current.ProfileId;
        if (draft.Profile is not null)
        {
            profileId = await ProfileStore.FindIdAsync(unit, tenantId, draft.Profile);
            if (profileId is null)
            {
                return new SaveOutcome.Refused([AccountValidator.NoSuchProfile("profile", draft.Profile)]);
            }
        }

        AccountRow row = new()
        {
            TenantId = tenantId,
            AccountId = current.AccountId,
            Name = draft.Name ?? current.Name,
            Kind = kind,
            Password = draft.Password is { } password ? secrets.Protect(password, PasswordPurpose) : null,
            Active = draft.Active ?? current.Active,
            ProfileId = profileId,
            FullName = draft.FullName ?? current.FullName,
            Email = draft.Email ?? current.Email,
            Phone = draft.Phone ?? current.Phone,
            Remark = draft.Remark ?? current.Remark,
            AllowNas = draft.AllowNas ?? current.AllowNas,
            Integration = draft.Integration ?? current.Integration,
            Statistics = draft.Statistics ?? current.Statistics,
            ExpiresAt = draft.HasExpiry ? draft.ExpiresAt : current.ExpiresAt,
            CreatedAt = current.CreatedAt,
            Macs = draft.Macs ?? current.Macs,
        };
        if (!await AccountRowStore.UpdateAsync(unit, row, current.Version))
        {
            // What was changed meanwhile stays, where it is not what is given here.
            return await UpdateAsync(unit, tenantId, name, kind, draft, ifVersion);
        }

        if (draft.Macs is not null)
        {
            await AccountRowStore.ReplaceMacsAsync(unit, tenantId, current.AccountId, draft.Macs, Now);
        }

        unit.Announce(new Change(ChangeKind.Account, tenantId, current.AccountId));
        await unit.AuditAsync(
            tenantId, AuditAction.Update, AuditKind(kind), current.Name, AccountChanges.Between(current, row, draft.Profile ?? current.ProfileName));
        return new SaveOutcome.Saved(current.AccountId);
    }

    private async Task<SaveOutcome> DeleteAsync(UnitOfWork unit, long tenantId, string name, AccountKind kind, long ifVersion)
    {
        if (await FindAsync(unit, tenantId, name, kind) is not { } account)
        {
            return new SaveOutcome.Missing();
        }

        if (!EntityTags.Matches(ifVersion, account.Version))
        {
            return new SaveOutcome.Stale();
        }

        // From here on no other server changes it.
        if (!await AccountRowStore.RaiseVersionAsync(unit, tenantId, account.AccountId, account.Version))
        {
            return await DeleteAsync(unit, tenantId, name, kind, ifVersion);
        }

        foreach (IAccountDeletion deletion in deletions)
        {
            await deletion.DeletedAsync(unit, tenantId, account.AccountId);
        }

        _ = await AccountRowStore.DeleteAsync(unit, tenantId, account.AccountId);
        unit.Announce(new Change(ChangeKind.Account, tenantId, account.AccountId));
        await unit.AuditAsync(tenantId, AuditAction.Delete, AuditKind(kind), account.Name, AuditChanges.None);
        return new SaveOutcome.Saved(account.AccountId);
    }

    private async Task<SaveOutcome> InsertOneAsync(UnitOfWork unit, AccountRow row, string profile)
    {
        if ((await rows.InsertAsync(unit, [row])).Count == 0)
        {
            return new SaveOutcome.Exists();
        }

        unit.Announce(new Change(ChangeKind.Account, row.TenantId, row.AccountId));
        await unit.AuditAsync(row.TenantId, AuditAction.Create, AuditKind(row.Kind), row.Name, AccountChanges.Between(null, row, profile));
        return new SaveOutcome.Saved(row.AccountId);
    }

    private AccountRow NewRow(long tenantId, AccountKind kind, string name, byte[]? password, long profileId, AccountDraft draft) => new()
    {
        TenantId = tenantId,
        AccountId = ids.Next(),
        Name = name,
        Kind = kind,
        Password = password,
        Active = draft.Active ?? true,
        ProfileId = profileId,
        FullName = draft.FullName ?? "",
        Email = draft.Email ?? "",
        Phone = draft.Phone ?? "",
        Remark = draft.Remark ?? "",
        AllowNas = draft.AllowNas ?? AccountSettings.NoRestriction,
        Integration = draft.Integration ?? "",
        Statistics = draft.Statistics ?? "",
        ExpiresAt = draft.ExpiresAt,
        CreatedAt = Now,
        Macs = draft.Macs ?? [],
    };

    private async Task<bool> HasBothAsync(long tenantId, string first, string last, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            "SELECT COUNT(*) FROM accounts WHERE tenant_id = @tenantId AND name_key IN (@first, @last)",
            new { tenantId, first, last },
            cancellationToken: cancellationToken)) == (first == last ? 1 : 2);
    }

    private async Task<Account?> FindAsync(UnitOfWork unit, long tenantId, string name, AccountKind kind)
    {
        if (!AccountName.IsPossible(name))
        {
            return null;
        }

        Account? account = await FindAsync(
            unit.Connection, unit.Transaction, "a.name_key = @Key", new { tenantId, Key = AccountName.KeyOf(name) });
        return account?.Kind == kind ? account : null;
    }

    /// <summary>What the audit log calls it.</summary>
    private static string AuditKind(AccountKind kind) => kind == AccountKind.Voucher ? "voucher" : "account";

    private static string SeriesName(string word, int number) => string.Create(CultureInfo.InvariantCulture, $"{word}{number:D6}");
}
