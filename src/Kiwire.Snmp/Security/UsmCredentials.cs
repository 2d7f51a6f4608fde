using System.Text;
using Kiwire.Snmp.Messages;
using Kiwire.Snmp.Security;

namespace Kiwire.Snmp;

/// <summary>
/// A user of SNMPv3's User-based Security Model (RFC 3414), and the context to ask in. Without an authentication protocol the level is
/// noAuthNoPriv, without a privacy protocol authNoPriv. It never prints its passwords. Immutable; one may serve many devices.
/// </summary>
public sealed class UsmCredentials : SnmpCredentials
{
    private UsmModel? _model;

    /// <summary>The user's name: 1 to 32 octets of UTF-8.</summary>
    public required string User { get; init; }

    /// <summary>How messages are authenticated.</summary>
    public AuthenticationProtocol AuthenticationProtocol { get; init; }

    /// <summary>What the authentication key is made of. Agents want 8 characters at least (RFC 3414, 11.2).</summary>
    public string? AuthenticationPassword { get; init; }

    /// <summary>How messages are enciphered; there is no privacy without authentication.</summary>
    public PrivacyProtocol PrivacyProtocol { get; init; }

    /// <summary>What the privacy key is made of; the authentication protocol's hash makes it.</summary>
    public string? PrivacyPassword { get; init; }

    /// <summary>The context; most agents have only the default one, which is empty.</summary>
    public string ContextName { get; init; } = "";

    /// <summary>What is wrong with them, as a sentence that names the property; null: nothing.</summary>
    public string? Fault => this switch
    {
        { User.Length: 0 } => "User is empty; it is 1 to 32 octets of UTF-8 (RFC 3414, 2.4).",
        _ when Encoding.UTF8.GetByteCount(User) > V3Message.LongestUser => "User is longer than 32 octets of UTF-8 (RFC 3414, 2.4).",
        _ when Encoding.UTF8.GetByteCount(ContextName) > UsmModel.LongestContext => "ContextName is longer than 255 octets of UTF-8 (RFC 3411, 5).",
        _ when !Enum.IsDefined(AuthenticationProtocol) => "AuthenticationProtocol is none that there is.",
        _ when !Enum.IsDefined(PrivacyProtocol) => "PrivacyProtocol is none that there is.",
        { AuthenticationProtocol: not AuthenticationProtocol.None, AuthenticationPassword: null or "" } =>
            "AuthenticationPassword is missing; the authentication protocol needs one.",
        { AuthenticationProtocol: AuthenticationProtocol.None, PrivacyProtocol: not PrivacyProtocol.None } =>
            "PrivacyProtocol needs an AuthenticationProtocol; there is no privacy without authentication (RFC 3411, 3.4.3).",
        { PrivacyProtocol: not PrivacyProtocol.None, PrivacyPassword: null or "" } => "PrivacyPassword is missing; the privacy protocol needs one.",
        _ => null,
    };

    /// <summary>noAuthNoPriv, authNoPriv or authPriv, and with what.</summary>
    public string SecurityLevel => (AuthenticationProtocol, PrivacyProtocol) switch
    {
        (AuthenticationProtocol.None, _) => "noAuthNoPriv",
        (_, PrivacyProtocol.None) => $"authNoPriv ({AuthenticationProtocol})",
        _ => $"authPriv ({AuthenticationProtocol}, {PrivacyProtocol})",
    };

    internal override MessageModel Model => _model ??= new UsmModel(this);

    /// <summary>The user and the level, never the passwords.</summary>
    public override string ToString() => $"{User}, {SecurityLevel}";
}
