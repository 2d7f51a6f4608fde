using System.Globalization;

namespace Kiwire.Server.OneTimeCodes;

/// <summary>
/// An authenticator as apps read it from a picture: <c>otpauth://totp/Issuer:account?secret=…&amp;issuer=…</c> (the Key Uri Format, which has no RFC).
/// </summary>
internal static class AuthenticatorUri
{
    public static string Write(Authenticator authenticator, ReadOnlySpan<byte> secret, string issuer, string account)
    {
        // Apps split the label at its first colon.
        issuer = issuer.Replace(':', ' ');
        string kind = authenticator.Kind == AuthenticatorKind.Hotp ? "hotp" : "totp";
        string algorithm = authenticator.Algorithm.ToString().ToUpperInvariant();
        string moving = authenticator.Kind == AuthenticatorKind.Hotp ? $"counter={authenticator.NextFactor}" : $"period={authenticator.PeriodSeconds}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"otpauth://{kind}/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(account)}?secret={Base32.Write(secret)}&issuer={Uri.EscapeDataString(issuer)}&algorithm={algorithm}&digits={authenticator.Digits}&{moving}");
    }
}
