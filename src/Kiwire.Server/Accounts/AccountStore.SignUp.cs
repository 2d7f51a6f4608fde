using Kiwire.Server.Storage;

namespace Kiwire.Server.Accounts;

/// <summary>Accounts that guests make themselves.</summary>
internal sealed partial class AccountStore
{
    /// <summary>
    /// Makes a guest's account in a transaction under way. One that there is already gets the password, where there is one, and a new expiry
    /// where its own is past; all else of it is the operator's.
    /// </summary>
    /// <returns>The account; null: the name is a voucher's.</returns>
    public async Task<long?> SignUpAsync(UnitOfWork unit, SignUp guest)
    {
        Account? current = await FindAsync(
            unit.Connection, unit.Transaction, "a.name_key = @Key", new { tenantId = guest.TenantId, Key = AccountName.KeyOf(guest.Name) });
        return current switch
        {
            null => await AddAsync(unit, guest),
            { Kind: AccountKind.User } => await RenewAsync(unit, guest, current),
            _ => null,
        };
    }

    private async Task<long?> AddAsync(UnitOfWork unit, SignUp guest)
    {
        AccountRow row = new()
        {
            TenantId = guest.TenantId,
            AccountId = ids.Next(),
            Name = guest.Name,
            Kind = AccountKind.User,
            Password = guest.Password is { } password ? secrets.Protect(password, PasswordPurpose) : null,
            Active = true,
            ProfileId = guest.ProfileId,
            Phone = guest.Phone,
            AllowNas = guest.Zone ?? AccountSettings.NoRestriction,
            ExpiresAt = guest.ExpiresAt,
            CreatedAt = Now,
        };
        SaveOutcome outcome = await InsertOneAsync(unit, row, profile: "");
        return outcome is SaveOutcome.Saved saved ? saved.Id : await SignUpAsync(unit, guest);
    }

    private async Task<long?> RenewAsync(UnitOfWork unit, SignUp guest, Account current)
    {
        bool isOver = current.ExpiresAt is { } expiry && expiry <= Now;
        if (guest.Password is null && !isOver)
        {
            return current.AccountId;
        }

        AccountRow row = new()
        {
            TenantId = current.TenantId,
            AccountId = current.AccountId,
            Name = current.Name,
            Kind = current.Kind,
            Password = guest.Password is { } password ? secrets.Protect(password, PasswordPurpose) : null,
            Active = current.Active,
            ProfileId = current.ProfileId,
            FullName = current.FullName,
            Email = current.Email,
            Phone = current.Phone,
            Remark = current.Remark,
            AllowNas = current.AllowNas,
            Integration = current.Integration,
            Statistics = current.Statistics,
            ExpiresAt = isOver ? guest.ExpiresAt : current.ExpiresAt,
            CreatedAt = current.CreatedAt,
            Macs = current.Macs,
        };
        if (!await AccountRowStore.UpdateAsync(unit, row, current.Version))
        {
            return await SignUpAsync(unit, guest);
        }

        unit.Announce(new Change(ChangeKind.Account, current.TenantId, current.AccountId));
        await unit.AuditAsync(
            current.TenantId, AuditAction.Update, AuditKind(current.Kind), current.Name, AccountChanges.Between(current, row, current.ProfileName));
        return current.AccountId;
    }
}
