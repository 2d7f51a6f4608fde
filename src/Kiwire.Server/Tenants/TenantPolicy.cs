using System.Text.Json.Serialization;
using System.Text.Json;
using System.Text;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Tenants;

/// <summary>A tenant's switches for who may log in and how. Kept as JSON with the tenant; a field that is absent has its default.</summary>
internal sealed record TenantPolicy
{
    private static readonly string[] KnownEapMethods = ["MD5", "MSCHAPv2", "GTC"];

    /// <summary>An Access-Request whose User-Name is a MAC address logs in the account that has it.</summary>
    public bool MacAutoLogin { get; init; }

    /// <summary>The first login stores the device's MAC with the account.</summary>
    public bool MacAutoRegister { get; init; }

    /// <summary>Only the stored MACs may log in.</summary>
    public bool MacSecurity { get; init; }

    /// <summary>With simultaneous = 1, a login ends the older session instead of being refused.</summary>
    public bool AutoDisconnectPrevious { get; init; }

    public bool SuspendWhenExhausted { get; init; }

    public bool SuspendWhenExpired { get; init; }

    /// <summary>Generated codes and passwords: letters and digits (true) or digits alone.</summary>
    public bool PasswordSecurityHigh { get; init; } = true;

    /// <summary>Ten wrong passwords in ten minutes for one account from one client device shut that pair out for ten minutes.</summary>
    public bool Lockout { get; init; } = true;

    /// <summary>How long an Access-Reject is held back: 0 to 5 seconds.</summary>
    public double RejectDelaySeconds { get; init; } = 1;

    /// <summary>Acct-Interim-Interval of an accept, seconds; at least 60 (RFC 2869, 5.16).</summary>
    public int InterimIntervalSeconds { get; init; } = 300;

    /// <summary>The EAP methods to offer, most wanted first: MD5, MSCHAPv2, GTC.</summary>
    public IReadOnlyList<string> EapMethods { get; init; } = ["MSCHAPv2", "MD5", "GTC"];

    /// <summary>Reply-Message by admission reason; a reason that is absent has its default text.</summary>
    public IReadOnlyDictionary<string, string> ReplyTexts { get; init; } = new Dictionary<string, string>();

    /// <summary>Fields that another version wrote; kept as they are.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Others { get; set; }

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="JsonException">The text is no such JSON.</exception>
    public static TenantPolicy FromJson(string json) =>
        JsonSerializer.Deserialize<TenantPolicy>(json, TenantJson.Options) ?? new TenantPolicy();

    public string ToJson() => JsonSerializer.Serialize(this, TenantJson.Options);

    /// <summary>What is wrong with it; empty: nothing.</summary>
    public IReadOnlyList<FieldFault> FindFaults()
    {
        List<FieldFault> faults = [];
        if (RejectDelaySeconds is not (>= 0 and <= 5))
        {
            faults.Add(new("rejectDelaySeconds", $"is {RejectDelaySeconds}; it must be 0 to 5."));
        }

        if (InterimIntervalSeconds is < 60 or > 86400)
        {
            faults.Add(new("interimIntervalSeconds", $"is {InterimIntervalSeconds}; it must be 60 (RFC 2869, 5.16) to 86400."));
        }

        foreach (string method in EapMethods.Where(method => !KnownEapMethods.Contains(method, StringComparer.OrdinalIgnoreCase)))
        {
            faults.Add(new("eapMethods", $"names '{method}'; known are {string.Join(", ", KnownEapMethods)}."));
        }

        foreach ((string reason, string text) in ReplyTexts)
        {
            if (!ReplyReason.ByWord.ContainsKey(reason))
            {
                faults.Add(new("replyTexts", $"names '{reason}'; known are {string.Join(", ", ReplyReason.All.Select(known => known.Word))}."));
            }
            else if (Encoding.UTF8.GetByteCount(text) > 253)
            {
                faults.Add(new("replyTexts", $"has more than 253 octets for '{reason}'; a Reply-Message holds 253 (RFC 2865, 5)."));
            }
        }

        return faults;
    }
}
