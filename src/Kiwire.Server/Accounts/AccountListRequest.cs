using System.ComponentModel;
using Kiwire.Server.Network;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Accounts;

/// <summary>Which users are wanted, in which order. What would have to look through all of them is refused.</summary>
internal readonly record struct AccountListRequest
{
    private const int LongestText = 254;

    [Description("name, createdAt or expiresAt, a minus in front for the reverse; name where it is not given, expiresAt along with expiresBefore or expiresAfter.")]
    public string? Sort { get; init; }

    [Description("active or suspended.")]
    public string? Status { get; init; }

    [Description("A profile's name. With sort name, or along with phone, email or mac.")]
    public string? Profile { get; init; }

    [Description("The beginning of names, whatever the case. With sort name, or along with phone, email or mac.")]
    public string? Q { get; init; }

    [Description("Exactly as it is stored. Any other filter and any sort go with it; refused where more than 500 accounts have it.")]
    public string? Phone { get; init; }

    [Description("As a whole, whatever the case. Any other filter and any sort go with it; refused where more than 500 accounts have it.")]
    public string? Email { get; init; }

    [Description("A registered client device. Any other filter and any sort go with it; refused where more than 500 accounts have it.")]
    public string? Mac { get; init; }

    [Description("Those that expire before this moment. With sort expiresAt, or along with phone, email or mac.")]
    public DateTimeOffset? ExpiresBefore { get; init; }

    [Description("Those that expire at this moment or later; those that never do are left out. With sort expiresAt, or along with phone, email or mac.")]
    public DateTimeOffset? ExpiresAfter { get; init; }

    /// <summary>What is to be read.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="kind">Users or vouchers.</param>
    /// <param name="remark">Vouchers only; null: any.</param>
    /// <param name="profiles">To find a profile by its name.</param>
    /// <param name="faults">What is wrong; where there is nothing, the list may be read.</param>
    public AccountListQuery ToQuery(long tenantId, AccountKind kind, string? remark, ProfileDirectory profiles, out List<FieldFault> faults)
    {
        faults = [];
        bool byExpiry = ExpiresBefore is not null || ExpiresAfter is not null;
        AccountListQuery query = new()
        {
            Kind = kind,
            Sort = SortOf(byExpiry, faults),
            Descending = Sort is ['-', ..],
            Active = StatusOf(faults),
            ProfileId = ProfileOf(tenantId, profiles, faults),
            NamePrefix = PrefixOf(faults),
            Remark = TextOf("remark", remark, AccountListStore.LongestRemark, faults),
            Phone = TextOf("phone", Phone, LongestText, faults),
            Email = TextOf("email", Email, LongestText, faults),
            Mac = MacOf(faults),
            ExpiresBefore = ExpiresBefore?.ToUnixTimeMilliseconds(),
            ExpiresAfter = ExpiresAfter?.ToUnixTimeMilliseconds(),
        };
        if (!query.IsNarrow)
        {
            CheckCombination(query, faults);
        }

        return query;
    }

    private static void CheckCombination(AccountListQuery query, List<FieldFault> faults)
    {
        const string Otherwise = "or a filter by phone, email or mac";
        if (query.Sort != AccountSort.Name)
        {
            Refuse("profile", query.ProfileId is not null, "sort=name or sort=-name", faults);
            Refuse("q", query.NamePrefix is not null, "sort=name or sort=-name", faults);
            Refuse("remark", query.Remark is not null, "sort=name or sort=-name", faults);
        }

        if (query.Sort != AccountSort.ExpiresAt)
        {
            Refuse("expiresBefore", query.ExpiresBefore is not null, "sort=expiresAt or sort=-expiresAt", faults);
            Refuse("expiresAfter", query.ExpiresAfter is not null, "sort=expiresAt or sort=-expiresAt", faults);
        }

        if (query is { Remark: not null, ProfileId: not null })
        {
            faults.Add(new("remark", "cannot be asked for together with profile; leave one of them out."));
        }

        static void Refuse(string field, bool given, string needed, List<FieldFault> faults)
        {
            if (given)
            {
                faults.Add(new(field, $"cannot be asked for in this order; it needs {needed}, {Otherwise}."));
            }
        }
    }

    private AccountSort SortOf(bool byExpiry, List<FieldFault> faults)
    {
        switch (Sort?.TrimStart('-'))
        {
            case null or "":
                return byExpiry ? AccountSort.ExpiresAt : AccountSort.Name;
            case "name":
                return AccountSort.Name;
            case "createdAt":
                return AccountSort.CreatedAt;
            case "expiresAt":
                return AccountSort.ExpiresAt;
            default:
                faults.Add(new("sort", "must be name, -name, createdAt, -createdAt, expiresAt or -expiresAt."));
                return default;
        }
    }

    private bool? StatusOf(List<FieldFault> faults)
    {
        if (Status is not (null or "" or AccountSettings.ActiveStatus or AccountSettings.SuspendedStatus))
        {
            faults.Add(new("status", $"must be {AccountSettings.ActiveStatus} or {AccountSettings.SuspendedStatus}."));
        }

        return string.IsNullOrEmpty(Status) ? null : Status == AccountSettings.ActiveStatus;
    }

    private long? ProfileOf(long tenantId, ProfileDirectory profiles, List<FieldFault> faults)
    {
        if (string.IsNullOrEmpty(Profile))
        {
            return null;
        }

        if (!profiles.TryGetByName(tenantId, Profile, out Profile? profile))
        {
            faults.Add(AccountValidator.NoSuchProfile("profile", Profile));
        }

        return profile?.ProfileId;
    }

    private string? PrefixOf(List<FieldFault> faults)
    {
        if (string.IsNullOrEmpty(Q))
        {
            return null;
        }

        if (!AccountName.IsPossible(Q))
        {
            faults.Add(new("q", $"must be the beginning of a name: at most {AccountName.MaxOctets} octets of UTF-8 without control characters."));
            return null;
        }

        return AccountName.KeyOf(Q);
    }

    private MacAddress MacOf(List<FieldFault> faults)
    {
        if (string.IsNullOrEmpty(Mac))
        {
            return default;
        }

        if (!MacAddress.TryParse(Mac, out MacAddress mac))
        {
            faults.Add(new("mac", "must be a MAC address such as aa:bb:cc:dd:ee:ff."));
        }

        return mac;
    }

    private static string? TextOf(string field, string? text, int longest, List<FieldFault> faults)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (text.Length > longest || !AccountName.IsText(text) || text.Contains('\0', StringComparison.Ordinal))
        {
            faults.Add(new(field, $"has {text.Length} characters; it must be plain text of at most {longest}."));
            return null;
        }

        return text;
    }
}

/// <summary>Which vouchers are wanted, in which order.</summary>
internal readonly record struct VoucherListRequest
{
    [Description("name (the code), createdAt or expiresAt, a minus in front for the reverse; name where it is not given, expiresAt along with expiresBefore or expiresAfter.")]
    public string? Sort { get; init; }

    [Description("active or suspended.")]
    public string? Status { get; init; }

    [Description("A profile's name. With sort name and without remark, or along with mac.")]
    public string? Profile { get; init; }

    [Description("The beginning of codes, such as the prefix they were ordered with. With sort name, or along with mac.")]
    public string? Q { get; init; }

    [Description("Exactly, at most 63 characters. With sort name and without profile, or along with mac.")]
    public string? Remark { get; init; }

    [Description("A registered client device. Any other filter and any sort go with it; refused where more than 500 accounts have it.")]
    public string? Mac { get; init; }

    [Description("Those that expire before this moment. With sort expiresAt, or along with mac.")]
    public DateTimeOffset? ExpiresBefore { get; init; }

    [Description("Those that expire at this moment or later; those that never do are left out. With sort expiresAt, or along with mac.")]
    public DateTimeOffset? ExpiresAfter { get; init; }

    public AccountListQuery ToQuery(long tenantId, ProfileDirectory profiles, out List<FieldFault> faults) => new AccountListRequest
    {
        Sort = Sort,
        Status = Status,
        Profile = Profile,
        Q = Q,
        Mac = Mac,
        ExpiresBefore = ExpiresBefore,
        ExpiresAfter = ExpiresAfter,
    }.ToQuery(tenantId, AccountKind.Voucher, Remark, profiles, out faults);
}
