using System.Net;
using System.Net.Sockets;
using Kiwire.Radius.Packets;
using Kiwire.Server.Network;

namespace Kiwire.Server.DynamicAuthorization;

/// <summary>A piece of equipment that listens for CoA- and Disconnect-Requests: its NAS entry, and where it is.</summary>
internal sealed record NasDestination(NasEntry Nas, IPAddress Address)
{
    private const byte NasIpAddress = 4;
    private const byte NasIdentifier = 32;
    private const byte NasIpv6Address = 95;

    /// <summary>How it wants requests: its type's way, unless a test tries another.</summary>
    public DynamicAuthorizationForm Form { get; init; } = Nas.Type.DynamicAuthorization;

    /// <summary>The entry's address; where that is a prefix, the address that a session's packets came from. Null: neither is one.</summary>
    public static NasDestination? Of(NasEntry nas, string nasAddress)
    {
        if (nas.IsOneAddress)
        {
            return new NasDestination(nas, nas.Address.BaseAddress);
        }

        return IPAddress.TryParse(nasAddress, out IPAddress? address) && nas.Address.Contains(address) ? new NasDestination(nas, address) : null;
    }

    /// <summary>Where a request goes. A type's own port for Disconnect-Requests holds unless the entry has another port than the type's.</summary>
    public IPEndPoint EndPointFor(RadiusCode code)
    {
        bool typesOwn = code == RadiusCode.DisconnectRequest && Nas.CoaPort == Nas.Type.CoaPort;
        return new IPEndPoint(Address, typesOwn ? Form.DisconnectPort ?? Nas.CoaPort : Nas.CoaPort);
    }

    /// <summary>Appends what names the NAS itself.</summary>
    public void AppendIdentification(PacketWriter writer, SessionIdentity session)
    {
        if (Form.NasIpAddress)
        {
            writer.Append(Address.AddressFamily == AddressFamily.InterNetwork ? NasIpAddress : NasIpv6Address, Address.GetAddressBytes());
        }

        if (Identifier(session) is { Length: > 0 } identifier)
        {
            writer.Append(NasIdentifier, System.Text.Encoding.UTF8.GetBytes(identifier));
        }
    }

    private string Identifier(SessionIdentity session) => Form.NasIdentifier switch
    {
        NasIdentifierForm.Identity => Nas.Identity,
        NasIdentifierForm.ApMac => MacNotation.Bare.Write(MacAddress.TryParse(Nas.Identity, out MacAddress mac) ? mac : session.AccessPoint),
        _ => "",
    };
}
