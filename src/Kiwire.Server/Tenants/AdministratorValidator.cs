using Kiwire.Server.Storage;

namespace Kiwire.Server.Tenants;

/// <summary>Checks what is given for administrators: each fault names its field, what is wrong and what would be right.</summary>
internal static class AdministratorValidator
{
    public const int MostNameOctets = 128;

    /// <summary>How the audit log and idempotency keys write callers that are keys: no administrator may look like one.</summary>
    public const string KeyPrefix = "key:";

    private const int MostTextOctets = 1000;
    private const int MostEmailOctets = 254;

    /// <summary>Checks a new administrator's settings.</summary>
    public static List<FieldFault> FindFaultsOfNew(AdministratorSettings given)
    {
        List<FieldFault> faults = [];
        CheckName(given.Username?.Trim() ?? "", faults);
        if (given.Role is null)
        {
            faults.Add(new("role", $"is missing; it must be {Roles}."));
        }

        Check(given, faults);
        if (given.Password is { } password && AdministratorPassword.FindFault(given.Username?.Trim() ?? "", password) is { } fault)
        {
            faults.Add(new("password", fault));
        }

        return faults;
    }

    /// <summary>Checks changes to an administrator.</summary>
    public static List<FieldFault> FindFaultsOfChange(Administrator current, AdministratorSettings given)
    {
        List<FieldFault> faults = [];
        if (given.Username is { } username && username.Trim() != current.Username)
        {
            faults.Add(new("username", "cannot be changed, because the password is kept together with it; make another administrator and delete this one."));
        }

        Check(given, faults);
        return faults;
    }

    private static string Roles => $"{string.Join(", ", AdministratorRole.All.SkipLast(1))} or {AdministratorRole.All[^1]}";

    private static void CheckName(string name, List<FieldFault> faults)
    {
        // Of "a|b" and "c" the contract's code is the same as of "a" and "b|c".
        string? fault = TextFault.FindInName(name, MostNameOctets)
            ?? (name.Contains('|', StringComparison.Ordinal) ? "has a '|'" : null)
            ?? (name.StartsWith(KeyPrefix, StringComparison.OrdinalIgnoreCase) ? $"begins with '{KeyPrefix}'" : null);
        if (fault is not null)
        {
            faults.Add(new(
                "username",
                $"{fault}; it must be 1 to {MostNameOctets} octets of UTF-8 without control characters and '|', and not begin with '{KeyPrefix}'."));
        }
    }

    private static void Check(AdministratorSettings given, List<FieldFault> faults)
    {
        if (given.Role is { } role && AdministratorRole.Find(role) is null)
        {
            faults.Add(new("role", $"is {Quoted(role)}; it must be {Roles}."));
        }

        if (given.FullName is { } fullName && TextFault.Find(fullName.Trim(), MostTextOctets) is { } fault)
        {
            faults.Add(new("fullName", $"{fault}; it must be at most {MostTextOctets} octets of UTF-8 without control characters."));
        }

        CheckEmail(given.Email?.Trim(), faults);
    }

    private static void CheckEmail(string? email, List<FieldFault> faults)
    {
        if (string.IsNullOrEmpty(email))
        {
            return;
        }

        int at = email.LastIndexOf('@');
        string? fault = TextFault.Find(email, MostEmailOctets)
            ?? (at < 1 || at == email.Length - 1 || email.Any(char.IsWhiteSpace) || email.Contains(',', StringComparison.Ordinal) ? $"is {Quoted(email)}" : null);
        if (fault is not null)
        {
            faults.Add(new("email", $"{fault}; it must be one address such as admin@example.org, at most {MostEmailOctets} octets, or empty."));
        }
    }

    private static string Quoted(string text) => TextFault.Find(text, MostEmailOctets) is null ? $"'{text}'" : "not one of them";
}
