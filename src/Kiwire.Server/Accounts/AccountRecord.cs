using Kiwire.Server.Network;

namespace Kiwire.Server.Accounts;

/// <summary>An account as its row and its profile's have it.</summary>
internal sealed class AccountRecord
{
    /// <summary>What is read of accounts <c>a</c> and their profiles <c>p</c>; never passwords.</summary>
    public const string Columns =
        """
        a.tenant_id AS TenantId, a.account_id AS AccountId, a.name AS Name, a.name_key AS NameKey, a.kind AS Kind, a.active AS Active,
        a.profile_id AS ProfileId, p.name AS ProfileName, a.fullname AS FullName, a.email AS Email, a.phone AS Phone, a.remark AS Remark,
        a.allow_nas AS AllowNas, a.integration AS Integration, a.statistics AS Statistics, a.expires_at AS ExpiresAt,
        a.first_login_at AS FirstLoginAt, a.used_seconds AS UsedSeconds, a.used_in AS UsedIn, a.used_out AS UsedOut,
        a.window_started_at AS WindowStartedAt, a.before_seconds AS BeforeSeconds, a.before_in AS BeforeIn, a.before_out AS BeforeOut,
        a.created_at AS CreatedAt, a.version AS Version
        """;

    public const string From = $"FROM accounts a {JoinProfiles}";

    public const string JoinProfiles = "LEFT JOIN profiles p ON p.tenant_id = a.tenant_id AND p.profile_id = a.profile_id";

    public long TenantId { get; set; }

    public long AccountId { get; set; }

    public string Name { get; set; } = "";

    public string NameKey { get; set; } = "";

    public int Kind { get; set; }

    public int Active { get; set; }

    public long? ProfileId { get; set; }

    public string? ProfileName { get; set; }

    public string FullName { get; set; } = "";

    public string Email { get; set; } = "";

    public string Phone { get; set; } = "";

    public string Remark { get; set; } = "";

    public string AllowNas { get; set; } = "";

    public string Integration { get; set; } = "";

    public string Statistics { get; set; } = "";

    public long? ExpiresAt { get; set; }

    public long? FirstLoginAt { get; set; }

    public long UsedSeconds { get; set; }

    public long UsedIn { get; set; }

    public long UsedOut { get; set; }

    public long WindowStartedAt { get; set; }

    public long BeforeSeconds { get; set; }

    public long BeforeIn { get; set; }

    public long BeforeOut { get; set; }

    public long CreatedAt { get; set; }

    public long Version { get; set; }

    /// <summary>The account as operators see it.</summary>
    /// <param name="macs">Its devices.</param>
    /// <param name="windowStart">The beginning of the window that its usage is now counted in; 0: it is never reset.</param>
    public Account ToAccount(IEnumerable<string> macs, long windowStart) => new()
    {
        TenantId = TenantId,
        AccountId = AccountId,
        Name = Name,
        Kind = (AccountKind)Kind,
        Active = Active != 0,
        ProfileId = ProfileId,
        ProfileName = ProfileName,
        FullName = FullName,
        Email = Email,
        Phone = Phone,
        Remark = Remark,
        AllowNas = AllowNas,
        Integration = Integration,
        Statistics = Statistics,
        Macs = [.. macs.Select(text => MacAddress.TryParse(text, out MacAddress mac) ? mac : default).Where(mac => !mac.IsNone)],
        ExpiresAt = ExpiresAt,
        FirstLoginAt = FirstLoginAt,
        Used = new StoredUsage(new(UsedSeconds, UsedIn, UsedOut), WindowStartedAt, new(BeforeSeconds, BeforeIn, BeforeOut)).Since(windowStart),
        CreatedAt = CreatedAt,
        Version = Version,
    };
}
