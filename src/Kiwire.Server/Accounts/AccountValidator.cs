using System.Text;
using Kiwire.Server.Network;
using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;

namespace Kiwire.Server.Accounts;

/// <summary>Checks what is given for users and vouchers: each fault names its field, what is wrong and what would be right.</summary>
internal sealed class AccountValidator(ZoneDirectory zones, ProfileStore profiles, TenantDirectory tenants)
{
    /// <summary>The longest password, in octets (RFC 2865, 5.2).</summary>
    public const int MaxPasswordOctets = 128;

    /// <summary>The most client devices of one account.</summary>
    public const int MaxMacs = 64;

    private const int LongestPrefix = 64;
    private const int LongestEmail = 254;
    private const int LongestPhone = 32;
    private const int LongestText = 1000;

    /// <summary>Checks a user's settings.</summary>
    /// <returns>What is to be stored, and all faults.</returns>
    public async Task<(AccountDraft Draft, List<FieldFault> Faults)> CheckAsync(
        long tenantId, AccountSettings given, bool creating, CancellationToken cancellationToken)
    {
        List<FieldFault> faults = [];
        AccountDraft draft = new()
        {
            Name = given.Username,
            FullName = CheckText("fullName", given.FullName, LongestText, faults),
            Email = CheckEmail(given.Email, faults),
            Phone = CheckPhone(given.Phone, faults),
            Remark = CheckText("remark", given.Remark, LongestText, faults),
            Active = CheckStatus(given.Status, faults),
            AllowNas = CheckAllowNas(tenantId, given.AllowNas, faults),
            Macs = CheckMacs(given.Mac, faults),
            Integration = CheckText("integration", given.Integration, LongestText, faults),
            Statistics = CheckText("statistics", given.Statistics, LongestText, faults),
        };
        CheckName("username", given.Username, creating, faults);
        CheckPassword(given.Password, creating, draft, faults);
        CheckExpiry(tenantId, given.Expiry, draft, faults);
        draft.Profile = await CheckProfileAsync(
            "profile", tenantId, given.Profile ?? (creating ? ProfileStore.TemporaryName : null), faults, cancellationToken);
        return (draft, faults);
    }

    /// <summary>Checks an order for vouchers and puts its defaults in.</summary>
    public async Task<(AccountDraft Draft, List<FieldFault> Faults)> CheckAsync(
        long tenantId, VoucherOrder order, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<FieldFault> faults = [];
        string tomorrow = AccountExpiry.Tomorrow(now, ZoneOf(tenantId));
        AccountDraft draft = new()
        {
            Name = order.Prefix ?? VoucherOrder.DefaultPrefix,
            Remark = CheckText("remark", order.Remark ?? tomorrow, LongestText, faults),
            AllowNas = CheckAllowNas(tenantId, order.AllowNas ?? AccountSettings.NoRestriction, faults),
            Active = true,
        };
        if (draft.Name.Length != 0 && FindTextFault(draft.Name, LongestPrefix) is { } fault)
        {
            faults.Add(new("prefix", $"{fault}; it must be at most {LongestPrefix} octets without control characters and without spaces at its ends."));
        }

        if (order.Quantity is < 1 or > VoucherOrder.MaxQuantity)
        {
            faults.Add(new("quantity", $"is {order.Quantity}; it must be 1 to {VoucherOrder.MaxQuantity}."));
        }

        CheckExpiry(tenantId, order.Expiry ?? tomorrow, draft, faults);
        draft.Profile = await CheckProfileAsync("profile", tenantId, order.Profile ?? ProfileStore.TemporaryName, faults, cancellationToken);
        return (draft, faults);
    }

    /// <summary>What is said of a profile that is not there.</summary>
    public static FieldFault NoSuchProfile(string field, string name) =>
        new(field, $"is '{name}', which is no profile of this tenant; it must be the name of one.");

    /// <summary>Checks the name of an account that is to be made.</summary>
    public static void CheckName(string field, string? name, bool creating, List<FieldFault> faults)
    {
        if (name is null && !creating)
        {
            return;
        }

        if (FindTextFault(name ?? "", AccountName.MaxOctets) is { } fault)
        {
            faults.Add(new(
                field,
                $"{fault}; it must be 1 to {AccountName.MaxOctets} octets of UTF-8 without control characters and without spaces at its ends."));
        }
    }

    /// <summary>The tenant's time zone; UTC where the tenant is not known.</summary>
    public TimeZoneInfo ZoneOf(long tenantId) => tenants.TryGet(tenantId, out Tenant? tenant) ? tenant.TimeZone : TimeZoneInfo.Utc;

    /// <summary>What is wrong with a password, a sentence's rest; null: nothing.</summary>
    public static string? FindPasswordFault(string? password)
    {
        string? fault = password switch
        {
            null or "" => password is null ? "is missing" : "is empty",
            _ when !AccountName.IsText(password) => "is not valid text",
            _ when password.Any(char.IsControl) => "has a control character",
            _ when Encoding.UTF8.GetByteCount(password) > MaxPasswordOctets => $"has more than {MaxPasswordOctets} octets",
            _ => null,
        };
        return fault is null ? null : $"{fault}; it must be 1 to {MaxPasswordOctets} octets of UTF-8 without control characters.";
    }

    private static void CheckPassword(string? password, bool creating, AccountDraft draft, List<FieldFault> faults)
    {
        if (password is null && !creating)
        {
            return;
        }

        if (FindPasswordFault(password) is { } fault)
        {
            faults.Add(new("password", fault));
            return;
        }

        draft.Password = Encoding.UTF8.GetBytes(password!);
    }

    private void CheckExpiry(long tenantId, string? expiry, AccountDraft draft, List<FieldFault> faults)
    {
        if (expiry is null)
        {
            return;
        }

        draft.HasExpiry = true;
        if (AccountExpiry.TryParse(expiry, ZoneOf(tenantId), out long? expiresAt))
        {
            draft.ExpiresAt = expiresAt;
        }
        else
        {
            faults.Add(new("expiry", $"is '{expiry}'; it must be a day such as 2030-12-31, a moment such as 2030-12-31 18:00:00 or 2030-12-31T18:00:00Z, or empty for never."));
        }
    }

    private async Task<string?> CheckProfileAsync(
        string field, long tenantId, string? name, List<FieldFault> faults, CancellationToken cancellationToken)
    {
        if (name is not null && !await profiles.ExistsAsync(tenantId, name, cancellationToken))
        {
            faults.Add(NoSuchProfile(field, name));
        }

        return name;
    }

    private static bool? CheckStatus(string? status, List<FieldFault> faults)
    {
        switch (status?.Trim().ToLowerInvariant())
        {
            case null:
                return null;
            case AccountSettings.ActiveStatus:
                return true;
            case AccountSettings.SuspendedStatus or "suspend":
                return false;
            default:
                faults.Add(new("status", $"is '{status}'; it must be {AccountSettings.ActiveStatus} or {AccountSettings.SuspendedStatus}."));
                return null;
        }
    }

    private string? CheckAllowNas(long tenantId, string? allowNas, List<FieldFault> faults)
    {
        if (allowNas is null)
        {
            return null;
        }

        if (!zones.TryResolve(tenantId, allowNas, out string[]? names, out string? error))
        {
            faults.Add(new("allowNas", error));
            return null;
        }

        return names is null
            ? AccountSettings.NoRestriction
            : string.Join(',', allowNas.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
    }

    private static List<MacAddress>? CheckMacs(string? text, List<FieldFault> faults)
    {
        if (text is null)
        {
            return null;
        }

        List<MacAddress> macs = [];
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!MacAddress.TryParse(part, out MacAddress mac))
            {
                faults.Add(new("macs", $"has '{part}', which is no MAC address; it must be one such as aa:bb:cc:dd:ee:ff, several with commas between."));
            }
            else if (!macs.Contains(mac))
            {
                macs.Add(mac);
            }
        }

        if (macs.Count > MaxMacs)
        {
            faults.Add(new("macs", $"has {macs.Count} addresses; {MaxMacs} is the most."));
        }

        return macs;
    }

    private static string? CheckEmail(string? email, List<FieldFault> faults)
    {
        string? text = CheckText("email", email?.Trim(), LongestEmail, faults);
        if (text is { Length: > 0 })
        {
            int at = text.LastIndexOf('@');
            if (at < 1 || at == text.Length - 1 || text.Contains(' ', StringComparison.Ordinal))
            {
                faults.Add(new("email", $"is '{text}'; it must be an address such as guest@example.org."));
            }
        }

        return text;
    }

    private static string? CheckPhone(string? phone, List<FieldFault> faults)
    {
        string? text = phone?.Trim();
        if (text is { Length: > 0 } && (text.Length > LongestPhone || !text.Any(char.IsAsciiDigit) || text.Any(c => !char.IsAsciiDigit(c) && !"+ -().".Contains(c, StringComparison.Ordinal))))
        {
            faults.Add(new("phone", $"is '{text}'; it must be a number such as +60123456789, at most {LongestPhone} characters."));
        }

        return text;
    }

    private static string? CheckText(string field, string? text, int longest, List<FieldFault> faults)
    {
        if (text is null)
        {
            return null;
        }

        if (text.Length > longest)
        {
            faults.Add(new(field, $"has {text.Length} characters; {longest} is the most."));
        }
        else if (!AccountName.IsText(text) || text.Any(c => char.IsControl(c) && c is not ('\t' or '\r' or '\n')))
        {
            faults.Add(new(field, "has a control character or half a character; it must be plain text."));
        }

        return text;
    }

    private static string? FindTextFault(string text, int mostOctets) => text switch
    {
        "" => "is missing or empty",
        _ when !AccountName.IsText(text) => "is not valid text",
        _ when text.Any(char.IsControl) => "has a control character",
        _ when char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1]) => "has a space at an end",
        _ when Encoding.UTF8.GetByteCount(text) > mostOctets => $"has more than {mostOctets} octets",
        _ => null,
    };
}
