using System.Collections.Frozen;
using System.Text;
using Kiwire.Server.Sessions;
using Kiwire.Server.Tenants;

namespace Kiwire.Server.Authentication;

/// <summary>The Reply-Message of a refusal, and the word for its reason that policy, history and API use.</summary>
internal static class ReplyTexts
{
    private static readonly FrozenDictionary<LoginReason, ReplyReason> Reasons = new Dictionary<LoginReason, ReplyReason>
    {
        [LoginReason.WrongPassword] = ReplyReason.WrongPassword,
        [LoginReason.Inactive] = ReplyReason.Inactive,
        [LoginReason.Expired] = ReplyReason.Expired,
        [LoginReason.Zone] = ReplyReason.Zone,
        [LoginReason.Mac] = ReplyReason.Mac,
        [LoginReason.NoProfile] = ReplyReason.NoProfile,
        [LoginReason.Hours] = ReplyReason.Hours,
        [LoginReason.NoCredit] = ReplyReason.NoCredit,
        [LoginReason.Volume] = ReplyReason.Volume,
        [LoginReason.Simultaneous] = ReplyReason.Simultaneous,
        [LoginReason.NoCode] = ReplyReason.NoCode,
        [LoginReason.Lockout] = ReplyReason.Lockout,
        [LoginReason.BadRequest] = ReplyReason.BadRequest,
        [LoginReason.TenantSuspended] = ReplyReason.TenantSuspended,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<LoginReason, byte[]> DefaultOctets =
        Reasons.ToFrozenDictionary(pair => pair.Key, pair => Encoding.UTF8.GetBytes(pair.Value.DefaultText));

    /// <summary>The word of a reason: <c>wrong_password</c>, <c>zone</c> ...; empty for none.</summary>
    public static string Word(LoginReason reason) => Reasons.TryGetValue(reason, out ReplyReason? known) ? known.Word : "";

    /// <summary>The text as it goes on the wire: the tenant's own where it has one, else the default; at most 253 octets.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="policy">The tenant's.</param>
    /// <param name="instead">Of the default; null: that.</param>
    public static ReadOnlySpan<byte> Octets(LoginReason reason, TenantPolicy policy, string? instead = null)
    {
        if (policy.ReplyTexts.Count == 0 || !policy.ReplyTexts.TryGetValue(Word(reason), out string? own))
        {
            return instead is not null ? CutToAttribute(Encoding.UTF8.GetBytes(instead)) : DefaultOctets.TryGetValue(reason, out byte[]? octets) ? octets : default;
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
