// Written by dictionaries/Generate.cs from dictionary.rfc2869: change that, and run it again.
#nullable enable

namespace Kiwire.Radius.Attributes;

/// <summary>RFC 2869: RADIUS Extensions.</summary>
public static class Rfc2869
{
    /// <summary>Acct-Input-Gigawords (52): integer; how often Acct-Input-Octets went round 2^32.</summary>
    public static readonly AttributeKey<uint> AcctInputGigawords =
        new("Acct-Input-Gigawords", AttributePath.Standard(52), Codecs.Integer);

    /// <summary>Acct-Output-Gigawords (53): integer; how often Acct-Output-Octets went round 2^32.</summary>
    public static readonly AttributeKey<uint> AcctOutputGigawords =
        new("Acct-Output-Gigawords", AttributePath.Standard(53), Codecs.Integer);

    /// <summary>Event-Timestamp (55): date; when it happened; also guards dynamic authorization against replay (RFC 5176, 6.3).</summary>
    public static readonly AttributeKey<DateTimeOffset> EventTimestamp =
        new("Event-Timestamp", AttributePath.Standard(55), Codecs.Date);

    /// <summary>Acct-Interim-Interval (85): integer; seconds between interim records; 60 at the least.</summary>
    public static readonly AttributeKey<uint> AcctInterimInterval =
        new("Acct-Interim-Interval", AttributePath.Standard(85), Codecs.Integer);

    /// <summary>EAP-Message (79): octets, in pieces; pieces of at most 253 octets, joined in order; holds credentials.</summary>
    public static readonly AttributeKey<byte[]> EapMessage =
        new("EAP-Message", AttributePath.Standard(79), Codecs.Octets, Concat: true);

    /// <summary>Message-Authenticator (80): octets; 16 octets of HMAC-MD5 over the packet.</summary>
    public static readonly AttributeKey<byte[]> MessageAuthenticator =
        new("Message-Authenticator", AttributePath.Standard(80), Codecs.Octets);

    /// <summary>Connect-Info (77): string.</summary>
    public static readonly AttributeKey<string> ConnectInfo =
        new("Connect-Info", AttributePath.Standard(77), Codecs.Text);

    /// <summary>NAS-Port-Id (87): string.</summary>
    public static readonly AttributeKey<string> NasPortId =
        new("NAS-Port-Id", AttributePath.Standard(87), Codecs.Text);

    /// <summary>Framed-Pool (88): string; the name of an address pool on the NAS.</summary>
    public static readonly AttributeKey<string> FramedPool =
        new("Framed-Pool", AttributePath.Standard(88), Codecs.Text);

    /// <summary>Password-Retry (75): integer.</summary>
    public static readonly AttributeKey<uint> PasswordRetry =
        new("Password-Retry", AttributePath.Standard(75), Codecs.Integer);

    /// <summary>Prompt (76): integer.</summary>
    public static readonly AttributeKey<uint> Prompt =
        new("Prompt", AttributePath.Standard(76), Codecs.Integer);

    /// <summary>Configuration-Token (78): string.</summary>
    public static readonly AttributeKey<string> ConfigurationToken =
        new("Configuration-Token", AttributePath.Standard(78), Codecs.Text);

    /// <summary>ARAP-Password (70): octets[16].</summary>
    public static readonly AttributeKey<byte[]> ArapPassword =
        new("ARAP-Password", AttributePath.Standard(70), Codecs.OctetsOf(16));

    /// <summary>ARAP-Features (71): octets[14].</summary>
    public static readonly AttributeKey<byte[]> ArapFeatures =
        new("ARAP-Features", AttributePath.Standard(71), Codecs.OctetsOf(14));

    /// <summary>ARAP-Zone-Access (72): integer.</summary>
    public static readonly AttributeKey<uint> ArapZoneAccess =
        new("ARAP-Zone-Access", AttributePath.Standard(72), Codecs.Integer);

    /// <summary>ARAP-Security (73): integer.</summary>
    public static readonly AttributeKey<uint> ArapSecurity =
        new("ARAP-Security", AttributePath.Standard(73), Codecs.Integer);

    /// <summary>ARAP-Security-Data (74): string.</summary>
    public static readonly AttributeKey<string> ArapSecurityData =
        new("ARAP-Security-Data", AttributePath.Standard(74), Codecs.Text);

    /// <summary>ARAP-Challenge-Response (84): octets[8].</summary>
    public static readonly AttributeKey<byte[]> ArapChallengeResponse =
        new("ARAP-Challenge-Response", AttributePath.Standard(84), Codecs.OctetsOf(8));
}

/// <summary>Values of Prompt (76).</summary>
public enum Prompt : uint
{
    /// <summary>No-Echo.</summary>
    NoEcho = 0,

    /// <summary>Echo.</summary>
    Echo = 1,
}

/// <summary>Values of ARAP-Zone-Access (72).</summary>
public enum ArapZoneAccess : uint
{
    /// <summary>Default-Zone.</summary>
    DefaultZone = 1,

    /// <summary>Zone-Filter-Inclusive.</summary>
    ZoneFilterInclusive = 2,

    /// <summary>Zone-Filter-Exclusive.</summary>
    ZoneFilterExclusive = 4,
}
