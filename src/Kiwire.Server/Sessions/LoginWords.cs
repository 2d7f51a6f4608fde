namespace Kiwire.Server.Sessions;

/// <summary>How the history names what it has numbers for.</summary>
internal static class LoginWords
{
    /// <summary>Why a client device is unauthorised that was not refused: it is connected to a NAS, and has no session.</summary>
    public const string NoSession = "no_session";

    /// <summary>The words of all reasons.</summary>
    public static IReadOnlyList<string> Reasons { get; } = [.. Enum.GetValues<LoginReason>().Where(reason => reason != LoginReason.None).Select(Of), NoSession];

    public static string Of(LoginMethod method) => method switch
    {
        LoginMethod.Pap => "PAP",
        LoginMethod.Chap => "CHAP",
        LoginMethod.MsChap => "MS-CHAP",
        LoginMethod.MsChapV2 => "MS-CHAPv2",
        LoginMethod.EapMd5 => "EAP-MD5",
        LoginMethod.EapMsChapV2 => "EAP-MSCHAPv2",
        LoginMethod.EapGtc => "EAP-GTC",
        LoginMethod.Mac => "MAC",
        LoginMethod.Grant => "Grant",
        _ => "",
    };

    /// <summary>The words of accounts.md's admission checks, and of what fails before them.</summary>
    public static string Of(LoginReason reason) => reason switch
    {
        LoginReason.None => "",
        LoginReason.WrongPassword => "wrong_password",
        LoginReason.Inactive => "inactive",
        LoginReason.Expired => "expired",
        LoginReason.Zone => "zone",
        LoginReason.Mac => "mac",
        LoginReason.NoProfile => "no_profile",
        LoginReason.Hours => "hours",
        LoginReason.NoCredit => "no_credit",
        LoginReason.Volume => "volume",
        LoginReason.Simultaneous => "simultaneous",
        LoginReason.NoCode => "no_code",
        LoginReason.Lockout => "lockout",
        LoginReason.BadRequest => "bad_request",
        LoginReason.TenantSuspended => "tenant_suspended",
        _ => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"reason_{(byte)reason}"),
    };
}
