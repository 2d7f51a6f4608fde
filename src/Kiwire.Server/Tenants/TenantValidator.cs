using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Tenants;

/// <summary>Makes a tenant of what is given for it, or says what is wrong: each fault names its field and what would be right.</summary>
internal static partial class TenantValidator
{
    private const int MostNameOctets = 253;
    private const int MostTextOctets = 253;

    /// <summary>The tenant that <paramref name="current"/> becomes; its cloud id is the one thing that stays.</summary>
    public static bool TryApply(Tenant current, TenantSettings given, [NotNullWhen(true)] out Tenant? tenant, out List<FieldFault> faults)
    {
        faults = [];
        tenant = current with
        {
            Name = given.Name?.Trim() ?? current.Name,
            Active = given.Active ?? current.Active,
            ApiEnabled = given.ApiEnabled ?? current.ApiEnabled,
            TimeZone = ReadTimeZone(given.TimeZone, faults) ?? current.TimeZone,
            Permissions = ReadPermissions(given.Permissions, faults) ?? current.Permissions,
            Policy = ReadTexts(given.ReplyTexts, given.Policy?.ApplyTo(current.Policy) ?? current.Policy, faults),
        };
        if (given.CloudId is { } cloudId && FoldedName.Fold(cloudId.Trim()) != FoldedName.Fold(current.CloudId))
        {
            faults.Add(new("cloudId", "cannot be changed: it is what programs know the tenant by."));
        }

        if (TextFault.FindInName(tenant.Name, MostNameOctets) is { } fault)
        {
            faults.Add(new("name", $"{fault}; it must be 1 to {MostNameOctets} octets of UTF-8 without control characters."));
        }

        if (!tenant.Active && tenant.TenantId == TenantDirectory.DefaultTenantId)
        {
            faults.Add(new("active", $"is false; the tenant {TenantDirectory.DefaultCloudId} runs the installation and cannot be suspended."));
        }

        faults.AddRange(tenant.Policy.FindFaults());
        if (faults.Count > 0)
        {
            tenant = null;
        }

        return tenant is not null;
    }

    /// <summary>What is wrong with a new tenant's cloud id; null: nothing.</summary>
    public static FieldFault? FindFaultOfCloudId(string? cloudId) => CloudId().IsMatch(cloudId ?? "")
        ? null
        : new("cloudId", "is missing or not possible; it must be 1 to 64 letters, digits, '-', '_' and '.', and begin with a letter or digit.");

    private static TimeZoneInfo? ReadTimeZone(string? text, List<FieldFault> faults)
    {
        if (text is null)
        {
            return null;
        }

        if (ZoneName().IsMatch(text) && TimeZoneInfo.TryFindSystemTimeZoneById(text, out TimeZoneInfo? zone) && zone.HasIanaId)
        {
            return zone;
        }

        faults.Add(new("timeZone", $"{(ZoneName().IsMatch(text) ? $"is '{text}', which this system does not know" : "is no name of one")}; it must be an IANA name such as Asia/Kuala_Lumpur."));
        return null;
    }

    private static ApiPermissions? ReadPermissions(IReadOnlyList<string>? names, List<FieldFault> faults)
    {
        ApiPermissions all = ApiPermissions.None;
        foreach (string name in names ?? [])
        {
            if (ApiPermissionNames.TryRead(name, out ApiPermissions one))
            {
                all |= one;
            }
            else
            {
                faults.Add(new("permissions", $"{(TextFault.Find(name ?? "", MostNameOctets) is null ? $"names '{name}'" : "names something else")}; known are {string.Join(", ", ApiPermissionNames.All)}."));
            }
        }

        return names is null ? null : all;
    }

    private static TenantPolicy ReadTexts(IReadOnlyDictionary<string, string?>? given, TenantPolicy policy, List<FieldFault> faults)
    {
        if (given is null)
        {
            return policy;
        }

        Dictionary<string, string> texts = new(policy.ReplyTexts);
        foreach ((string reason, string? text) in given)
        {
            if (string.IsNullOrEmpty(text))
            {
                texts.Remove(reason);
            }
            else if (TextFault.Find(text, MostTextOctets) is { } fault)
            {
                faults.Add(new("replyTexts", $"has for a reason a text that {fault}; a Reply-Message holds {MostTextOctets} octets of UTF-8 (RFC 2865, 5)."));
            }
            else
            {
                texts[reason] = text;
            }
        }

        return policy with { ReplyTexts = texts };
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z")]
    private static partial Regex CloudId();

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*\z")]
    private static partial Regex ZoneName();
}
