using System.Buffers.Binary;
using System.Text;
using Kiwire.Radius.Packets;
using Kiwire.Server.Network;
using Kiwire.Server.Sessions;
using Kiwire.Server.Tests.Network;

namespace Kiwire.Server.Tests.Sessions;

/// <summary>An Accounting-Request as its octets, attribute by attribute. Not signed: what reads it stands behind the check.</summary>
internal sealed class AccountingPacket
{
    public const long ReceivedAt = 1_700_000_000_000;

    private readonly List<byte> _octets = [4, 1, 0, 20, .. new byte[16]];

    public static NasEntry UsualNas { get; } = NetworkSamples.Entry(7, "192.0.2.1/32");

    public NasEntry Nas { get; set; } = UsualNas;

    public SourceAddress Source { get; set; } = new(NetworkSamples.Bits("192.0.2.1"), 40_000);

    public long ArrivesAt { get; init; } = ReceivedAt;

    /// <summary>A request of a status with the usual identity.</summary>
    public static AccountingPacket Of(int status, string sessionId = "s1", string user = "alice", string device = "AA-BB-CC-DD-EE-01") =>
        new AccountingPacket().With(40, (uint)status).With(44, sessionId).With(1, user).With(31, device);

    public AccountingPacket With(byte type, uint value)
    {
        byte[] octets = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(octets, value);
        return With(type, octets);
    }

    public AccountingPacket With(byte type, string value) => With(type, Encoding.UTF8.GetBytes(value));

    public AccountingPacket With(byte type, byte[] value)
    {
        _octets.AddRange([type, (byte)(value.Length + 2), .. value]);
        return this;
    }

    public AccountingPacket With(LoginClass login)
    {
        byte[] value = new byte[LoginClass.Length];
        login.Write(value);
        return With(25, value);
    }

    /// <summary>Has it come from a NAS at an address.</summary>
    public AccountingPacket Via(NasEntry nas, string address)
    {
        Nas = nas;
        Source = new SourceAddress(NetworkSamples.Bits(address), 40_000);
        return this;
    }

    /// <summary>Has a handler take it.</summary>
    public T Use<T>(Receive<T> receive)
    {
        byte[] octets = [.. _octets];
        BinaryPrimitives.WriteUInt16BigEndian(octets.AsSpan(2), (ushort)octets.Length);
        Assert.That(PacketView.TryParse(octets, out PacketView packet, out PacketFault fault), Is.True, $"{fault}");
        return receive(new RadiusRequest { Packet = packet, Nas = Nas, Source = Source, ReceivedAt = ArrivesAt });
    }

    internal delegate T Receive<T>(scoped in RadiusRequest request);
}
