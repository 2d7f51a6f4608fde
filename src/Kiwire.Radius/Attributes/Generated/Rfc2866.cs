// Written by dictionaries/Generate.cs from dictionary.rfc2866: change that, and run it again.
#nullable enable

namespace Kiwire.Radius.Attributes;

/// <summary>RFC 2866: RADIUS Accounting.</summary>
public static class Rfc2866
{
    /// <summary>Acct-Status-Type (40): integer.</summary>
    public static readonly AttributeKey<uint> AcctStatusType =
        new("Acct-Status-Type", AttributePath.Standard(40), Codecs.Integer);

    /// <summary>Acct-Delay-Time (41): integer; seconds that the NAS has tried to send this record.</summary>
    public static readonly AttributeKey<uint> AcctDelayTime =
        new("Acct-Delay-Time", AttributePath.Standard(41), Codecs.Integer);

    /// <summary>Acct-Session-Id (44): string; unique with its NAS until that restarts.</summary>
    public static readonly AttributeKey<string> AcctSessionId =
        new("Acct-Session-Id", AttributePath.Standard(44), Codecs.Text);

    /// <summary>Acct-Authentic (45): integer.</summary>
    public static readonly AttributeKey<uint> AcctAuthentic =
        new("Acct-Authentic", AttributePath.Standard(45), Codecs.Integer);

    /// <summary>Acct-Terminate-Cause (49): integer.</summary>
    public static readonly AttributeKey<uint> AcctTerminateCause =
        new("Acct-Terminate-Cause", AttributePath.Standard(49), Codecs.Integer);

    /// <summary>Acct-Multi-Session-Id (50): string; the same for sessions that belong together.</summary>
    public static readonly AttributeKey<string> AcctMultiSessionId =
        new("Acct-Multi-Session-Id", AttributePath.Standard(50), Codecs.Text);

    /// <summary>Acct-Link-Count (51): integer.</summary>
    public static readonly AttributeKey<uint> AcctLinkCount =
        new("Acct-Link-Count", AttributePath.Standard(51), Codecs.Integer);

    /// <summary>Acct-Input-Octets (42): integer; from the client; modulo 2^32, see Acct-Input-Gigawords.</summary>
    public static readonly AttributeKey<uint> AcctInputOctets =
        new("Acct-Input-Octets", AttributePath.Standard(42), Codecs.Integer);

    /// <summary>Acct-Output-Octets (43): integer; to the client; modulo 2^32, see Acct-Output-Gigawords.</summary>
    public static readonly AttributeKey<uint> AcctOutputOctets =
        new("Acct-Output-Octets", AttributePath.Standard(43), Codecs.Integer);

    /// <summary>Acct-Session-Time (46): integer; seconds.</summary>
    public static readonly AttributeKey<uint> AcctSessionTime =
        new("Acct-Session-Time", AttributePath.Standard(46), Codecs.Integer);

    /// <summary>Acct-Input-Packets (47): integer.</summary>
    public static readonly AttributeKey<uint> AcctInputPackets =
        new("Acct-Input-Packets", AttributePath.Standard(47), Codecs.Integer);

    /// <summary>Acct-Output-Packets (48): integer.</summary>
    public static readonly AttributeKey<uint> AcctOutputPackets =
        new("Acct-Output-Packets", AttributePath.Standard(48), Codecs.Integer);
}

/// <summary>Values of Acct-Status-Type (40).</summary>
public enum AcctStatusType : uint
{
    /// <summary>Start.</summary>
    Start = 1,

    /// <summary>Stop.</summary>
    Stop = 2,

    /// <summary>Interim-Update.</summary>
    InterimUpdate = 3,

    /// <summary>Accounting-On.</summary>
    AccountingOn = 7,

    /// <summary>Accounting-Off.</summary>
    AccountingOff = 8,

    /// <summary>Tunnel-Start.</summary>
    TunnelStart = 9,

    /// <summary>Tunnel-Stop.</summary>
    TunnelStop = 10,

    /// <summary>Tunnel-Reject.</summary>
    TunnelReject = 11,

    /// <summary>Tunnel-Link-Start.</summary>
    TunnelLinkStart = 12,

    /// <summary>Tunnel-Link-Stop.</summary>
    TunnelLinkStop = 13,

    /// <summary>Tunnel-Link-Reject.</summary>
    TunnelLinkReject = 14,

    /// <summary>Failed.</summary>
    Failed = 15,

    /// <summary>Subsystem-On.</summary>
    SubsystemOn = 18,

    /// <summary>Subsystem-Off.</summary>
    SubsystemOff = 19,
}

/// <summary>Values of Acct-Authentic (45).</summary>
public enum AcctAuthentic : uint
{
    /// <summary>RADIUS.</summary>
    Radius = 1,

    /// <summary>Local.</summary>
    Local = 2,

    /// <summary>Remote.</summary>
    Remote = 3,

    /// <summary>Diameter.</summary>
    Diameter = 4,
}

/// <summary>Values of Acct-Terminate-Cause (49).</summary>
public enum AcctTerminateCause : uint
{
    /// <summary>User-Request.</summary>
    UserRequest = 1,

    /// <summary>Lost-Carrier.</summary>
    LostCarrier = 2,

    /// <summary>Lost-Service.</summary>
    LostService = 3,

    /// <summary>Idle-Timeout.</summary>
    IdleTimeout = 4,

    /// <summary>Session-Timeout.</summary>
    SessionTimeout = 5,

    /// <summary>Admin-Reset.</summary>
    AdminReset = 6,

    /// <summary>Admin-Reboot.</summary>
    AdminReboot = 7,

    /// <summary>Port-Error.</summary>
    PortError = 8,

    /// <summary>NAS-Error.</summary>
    NasError = 9,

    /// <summary>NAS-Request.</summary>
    NasRequest = 10,

    /// <summary>NAS-Reboot.</summary>
    NasReboot = 11,

    /// <summary>Port-Unneeded.</summary>
    PortUnneeded = 12,

    /// <summary>Port-Preempted.</summary>
    PortPreempted = 13,

    /// <summary>Port-Suspended.</summary>
    PortSuspended = 14,

    /// <summary>Service-Unavailable.</summary>
    ServiceUnavailable = 15,

    /// <summary>Callback.</summary>
    Callback = 16,

    /// <summary>User-Error.</summary>
    UserError = 17,

    /// <summary>Host-Request.</summary>
    HostRequest = 18,

    /// <summary>Supplicant-Restart.</summary>
    SupplicantRestart = 19,

    /// <summary>Reauthentication-Failure.</summary>
    ReauthenticationFailure = 20,

    /// <summary>Port-Reinit.</summary>
    PortReinit = 21,

    /// <summary>Port-Disabled.</summary>
    PortDisabled = 22,
}
