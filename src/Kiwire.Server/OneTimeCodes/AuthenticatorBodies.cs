using System.ComponentModel;
using System.Text;
using Kiwire.Server.Web;

namespace Kiwire.Server.OneTimeCodes;

/// <summary>An authenticator, as it is read.</summary>
internal sealed record AuthenticatorBody
{
    [Description("totp goes by the time, hotp by a counter.")]
    public required AuthenticatorKind Kind { get; init; }

    public required OneTimePasswordAlgorithm Algorithm { get; init; }

    [Description("How many digits a code has.")]
    public required int Digits { get; init; }

    [Description("Null for hotp.")]
    public required int? PeriodSeconds { get; init; }

    [Description("Whether logins ask for its codes.")]
    public required bool Confirmed { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    [Description("Null: not yet.")]
    public required DateTimeOffset? ConfirmedAt { get; init; }

    [Description("When a code of it was last right; null: never.")]
    public required DateTimeOffset? LastUsedAt { get; init; }

    [Description("Until when no code is looked at, because too many were wrong; null: they are.")]
    public required DateTimeOffset? LockedUntil { get; init; }

    public static AuthenticatorBody Of(Authenticator authenticator, DateTimeOffset now) => new()
    {
        Kind = authenticator.Kind,
        Algorithm = authenticator.Algorithm,
        Digits = authenticator.Digits,
        PeriodSeconds = authenticator.Kind == AuthenticatorKind.Hotp ? null : authenticator.PeriodSeconds,
        Confirmed = authenticator.Confirmed,
        CreatedAt = authenticator.CreatedAt,
        ConfirmedAt = authenticator.ConfirmedAt,
        LastUsedAt = authenticator.LastUsedAt,
        LockedUntil = authenticator.LockedUntil(now),
    };
}

/// <summary>An authenticator that has just been made.</summary>
internal sealed record NewAuthenticatorBody
{
    [Description("otpauth://…, which apps read. It is not shown again.")]
    public required string Uri { get; init; }

    [Description("In base 32, to type where there is no camera. It is not shown again.")]
    public required string Secret { get; init; }

    [Description("The address as a QR picture: a data: address of an SVG, for an img element.")]
    public required string Picture { get; init; }

    public required AuthenticatorBody Details { get; init; }

    public static NewAuthenticatorBody Of(AuthenticatorOutcome.Enrolled enrolled, DateTimeOffset now) => new()
    {
        Uri = enrolled.Uri,
        Secret = enrolled.Secret,
        Picture = "data:image/svg+xml;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(QrPicture.Of(enrolled.Uri))),
        Details = AuthenticatorBody.Of(enrolled.Authenticator, now),
    };

    /// <summary>Without the secret.</summary>
    public override string ToString() => Details.ToString();
}

/// <summary>An authenticator, as it is made; what is not given has its default.</summary>
internal sealed record AuthenticatorRequest
{
    [Description("totp (the default) goes by the time, hotp by a counter.")]
    public AuthenticatorKind? Kind { get; init; }

    [Description("sha1 is the default; many apps know no other.")]
    public OneTimePasswordAlgorithm? Algorithm { get; init; }

    [Description("6 (the default) to 8.")]
    public int? Digits { get; init; }

    [Description("Of totp: 15 to 120; 30 is the default, and many apps know no other.")]
    public int? PeriodSeconds { get; init; }

    [Description("Of hotp: the counter of the next code; 0 is the default.")]
    public long? Counter { get; init; }

    [Description("In base 32, of a device that has its own: 16 to 128 octets. One is made where none is given.")]
    public string? Secret { get; init; }

    [Description("Who the codes are for, as apps show it; the tenant's name is the default.")]
    public string? Issuer { get; init; }

    public AuthenticatorSettings ToSettings() => new()
    {
        Kind = Kind ?? AuthenticatorKind.Totp,
        Algorithm = Algorithm ?? OneTimePasswordAlgorithm.Sha1,
        Digits = Digits ?? OneTimePassword.LeastDigits,
        PeriodSeconds = PeriodSeconds,
        Counter = Counter,
        Secret = Secret,
        Issuer = Issuer,
    };

    /// <summary>Without the secret.</summary>
    public override string ToString() => nameof(AuthenticatorRequest);
}

/// <summary>A code that shows that the authenticator was taken up.</summary>
internal sealed record AuthenticatorConfirmationRequest
{
    [Description("What the authenticator shows now.")]
    public string? Code { get; init; }

    /// <summary>Without the code.</summary>
    public override string ToString() => nameof(AuthenticatorConfirmationRequest);
}

/// <summary>Two codes by which a counter is found again.</summary>
internal sealed record AuthenticatorResynchronisationRequest
{
    [Description("A code.")]
    public string? Code { get; init; }

    [Description("The one that the authenticator shows after it.")]
    public string? NextCode { get; init; }

    /// <summary>Without the codes.</summary>
    public override string ToString() => nameof(AuthenticatorResynchronisationRequest);
}
