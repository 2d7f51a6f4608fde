using Kiwire.Server.Network;

namespace Kiwire.Server.Accounts;

/// <summary>
/// Which account a client device logs in, as it was last read: a fixed table in which new devices displace old ones. Any change of an
/// account makes all of it old, for a change says which account it was and not which devices. Readers take no lock.
/// </summary>
internal sealed class MacOwners(NameHasher hasher)
{
    private const int Capacity = 1 << 16;

    private readonly Owner?[] _owners = new Owner?[Capacity];

    /// <summary>Whether it is known; <paramref name="accountId"/> 0: nobody has that device.</summary>
    public bool TryGet(long tenantId, MacAddress mac, long version, out long accountId)
    {
        Owner? owner = Volatile.Read(ref _owners[IndexOf(tenantId, mac)]);
        if (owner is not null && owner.Mac == mac && owner.TenantId == tenantId && owner.Version == version)
        {
            accountId = owner.AccountId;
            return true;
        }

        accountId = 0;
        return false;
    }

    public void Set(long tenantId, MacAddress mac, long version, long accountId) =>
        Volatile.Write(ref _owners[IndexOf(tenantId, mac)], new Owner(tenantId, mac, version, accountId));

    private int IndexOf(long tenantId, MacAddress mac) => (int)(hasher.Hash(tenantId, (long)mac.Value) & (Capacity - 1));

    private sealed record Owner(long TenantId, MacAddress Mac, long Version, long AccountId);
}
