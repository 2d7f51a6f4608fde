using System.Diagnostics.CodeAnalysis;

namespace Kiwire.Radius.Eap;

/// <summary>A method that a server may offer, and how a run of it begins.</summary>
/// <param name="Name">Its name in a configuration.</param>
/// <param name="Type">Its type.</param>
/// <param name="Create">Makes a run of it.</param>
public sealed record EapMethodKind(string Name, EapType Type, Func<EapMethod> Create)
{
    /// <summary>MD5-Challenge (RFC 3748, 5.4). It makes no keys and proves nothing of the server.</summary>
    public static EapMethodKind Md5 { get; } = new("MD5", EapType.Md5Challenge, static () => new Md5ChallengeMethod());

    /// <summary>MSCHAPv2 (draft-kamath-pppext-eap-mschapv2).</summary>
    public static EapMethodKind MsChapV2 { get; } = new("MSCHAPv2", EapType.MsChapV2, static () => new MsChapV2Method());

    /// <summary>Generic Token Card (RFC 3748, 5.6): the password, or whatever else the caller judges, in clear.</summary>
    public static EapMethodKind Gtc { get; } = new("GTC", EapType.GenericTokenCard, static () => new GenericTokenCardMethod());

    /// <summary>Finds a method of this library by its name, whatever its case.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out EapMethodKind? kind)
    {
        foreach (EapMethodKind candidate in (ReadOnlySpan<EapMethodKind>)[Md5, MsChapV2, Gtc])
        {
            if (candidate.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                kind = candidate;
                return true;
            }
        }

        kind = null;
        return false;
    }
}
