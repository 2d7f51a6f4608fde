using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Kiwire.Radius.Packets;
using Kiwire.Server.Network;
using Kiwire.Server.Sessions;

namespace Kiwire.Server.DynamicAuthorization;

/// <summary>What names a session to its NAS, in the very notation that the NAS wrote it in; empty: not known.</summary>
internal sealed record SessionIdentity
{
    public string UserName { get; init; } = "";

    public string AcctSessionId { get; init; } = "";

    public string AcctMultiSessionId { get; init; } = "";

    public string CallingStationId { get; init; } = "";

    public string CalledStationId { get; init; } = "";

    public string ClientIp { get; init; } = "";

    /// <summary>NAS-Port where it is a number, else NAS-Port-Id.</summary>
    public string NasPort { get; init; } = "";

    /// <summary>The client device, for a NAS that wrote no Calling-Station-Id.</summary>
    public MacAddress Device { get; init; }

    public static SessionIdentity Of(SessionInfo session) => new()
    {
        UserName = session.UserName,
        AcctSessionId = session.AcctSessionId,
        AcctMultiSessionId = session.MultiSessionId,
        CallingStationId = session.CallingStationId,
        CalledStationId = session.CalledStationId,
        ClientIp = session.ClientIp,
        NasPort = session.NasPort,
        Device = MacAddress.TryParse(session.CallingStationId, out MacAddress device) || MacAddress.TryParse(session.UserName, out device) ? device : default,
    };

    /// <summary>Whether all attributes of a set are known.</summary>
    public bool Has(IReadOnlyList<SessionAttribute> set, DynamicAuthorizationForm form) => set.All(attribute => OctetsOf(attribute, form).Length > 0);

    /// <summary>Appends a set that it <see cref="Has"/>.</summary>
    public void AppendTo(PacketWriter writer, IReadOnlyList<SessionAttribute> set, DynamicAuthorizationForm form)
    {
        foreach (SessionAttribute attribute in set)
        {
            writer.Append((byte)attribute, OctetsOf(attribute, form));
        }
    }

    /// <summary>The access point's MAC address, where Called-Station-Id begins with one (RFC 3580, 3.20); else none.</summary>
    public MacAddress AccessPoint
    {
        get
        {
            foreach (int length in (ReadOnlySpan<int>)[17, 14, 12])
            {
                if (CalledStationId.Length >= length && MacAddress.TryParse(CalledStationId[..length], out MacAddress mac))
                {
                    return mac;
                }
            }

            return default;
        }
    }

    private byte[] OctetsOf(SessionAttribute attribute, DynamicAuthorizationForm form) => attribute switch
    {
        SessionAttribute.UserName => Text(UserName),
        SessionAttribute.AcctSessionId => Text(AcctSessionId),
        SessionAttribute.AcctMultiSessionId => Text(AcctMultiSessionId),
        SessionAttribute.CalledStationId => Text(CalledStationId),
        SessionAttribute.CallingStationId => Text(CallingStationId.Length > 0 ? CallingStationId : form.CallingStationId.Write(Device)),
        SessionAttribute.NasPort => PortNumber is { } number
            ? [(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number]
            : [],
        SessionAttribute.NasPortId => PortNumber is null ? Text(NasPort) : [],
        SessionAttribute.FramedIpAddress => Address(AddressFamily.InterNetwork),
        SessionAttribute.FramedIpv6Address => Address(AddressFamily.InterNetworkV6),
        _ => [],
    };

    private uint? PortNumber => uint.TryParse(NasPort, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) ? number : null;

    private byte[] Address(AddressFamily family) =>
        IPAddress.TryParse(ClientIp, out IPAddress? address) && address.AddressFamily == family ? address.GetAddressBytes() : [];

    // No attribute holds more octets (RFC 2865, 5).
    private static byte[] Text(string text) => JournalText.Restore(text) is { Length: <= 253 } octets ? octets : [];
}
