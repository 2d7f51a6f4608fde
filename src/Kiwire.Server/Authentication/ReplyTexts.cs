using System.Collections.Frozen;
using System.Text;
using Kiwire.Server.Sessions;
using Kiwire.Server.Tenants;

namespace Kiwire.Server.Authentication;

/// <summary>The Reply-Message of a refusal, and the word for its reason that policy, history and API use.</summary>
internal static class ReplyTexts
{
    private static readonly FrozenDictionary<LoginReason, (string Word, string Text)> Defaults = new Dictionary<LoginReason, (string, string)>
    {
        [LoginReason.WrongPassword] = ("wrong_password", "Wrong username or password"),
        [LoginReason.Inactive] = ("inactive", "This account is not active"),
        [LoginReason.Expired] = ("expired", "This account has expired"),
        [LoginReason.Zone] = ("zone", "Login is not allowed from this zone"),
        [LoginReason.Mac] = ("mac", "This account is registered to another device"),
        [LoginReason.NoProfile] = ("no_profile", "No profile is assigned to this account"),
        [LoginReason.NoCredit] = ("no_credit", "No time left on this account"),
        [LoginReason.Volume] = ("volume", "Data quota reached"),
        [LoginReason.Simultaneous] = ("simultaneous", "Too many devices are using this account"),
        [LoginReason.Lockout] = ("lockout", "Too many wrong passwords. Try again in a few minutes"),
        [LoginReason.BadRequest] = ("bad_request", "The login request has no usable credentials"),
        [LoginReason.TenantSuspended] = ("tenant_suspended", "This service is not available"),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<LoginReason, byte[]> DefaultOctets =
        Defaults.ToFrozenDictionary(pair => pair.Key, pair => Encoding.UTF8.GetBytes(pair.Value.Text));

    /// <summary>The word of a reason: <c>wrong_password</c>, <c>zone</c> ...; empty for none.</summary>
    public static string Word(LoginReason reason) => Defaults.TryGetValue(reason, out (string Word, string Text) known) ? known.Word : "";

    /// <summary>The text as it goes on the wire: the tenant's own where it has one, else the default; at most 253 octets.</summary>
    public static ReadOnlySpan<byte> Octets(LoginReason reason, TenantPolicy policy)
    {
        if (policy.ReplyTexts.Count == 0 || !policy.ReplyTexts.TryGetValue(Word(reason), out string? own))
        {
            return DefaultOctets.TryGetValue(reason, out byte[]? octets) ? octets : default;
        }

        return CutToAttribute(Encoding.UTF8.GetBytes(own));
    }

    private static ReadOnlySpan<byte> CutToAttribute(ReadOnlySpan<byte> text)
    {
        if (text.Length <= 253)
        {
            return text;
        }

        int end = 253;
        while (end > 0 && (text[end] & 0xc0) == 0x80)
        {
            end--;
        }

        return text[..end];
    }
}
