using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Kiwire.Radius.Packets;
using Kiwire.Radius.Secrets;

namespace Kiwire.Server.Tests.EndToEnd;

/// <summary>A NAS on loopback that sends one request at a time and proves every answer.</summary>
internal sealed class TestNas : IDisposable
{
    private readonly SharedSecret _secret;
    private readonly UdpClient _socket;
    private readonly PacketWriter _writer = new();
    private readonly byte[] _authenticator = new byte[16];
    private readonly int _authenticationPort;
    private readonly int _accountingPort;
    private byte _identifier;

    public TestNas(RunningServer server, string address = "127.0.0.1", string secret = "testing123")
    {
        _secret = new SharedSecret(secret);
        _authenticationPort = server.AuthenticationPort;
        _accountingPort = server.AccountingPort;
        _socket = new UdpClient(new IPEndPoint(IPAddress.Parse(address), 0));
        _socket.Client.ReceiveTimeout = 120_000;
    }

    public SharedSecret Secret => _secret;

    /// <summary>The Request Authenticator of the request that was sent last, or is being filled.</summary>
    public ReadOnlySpan<byte> Authenticator => _authenticator;

    /// <summary>PAP, with what else is given.</summary>
    public Answer Login(string user, string password, string? device = null, Action<PacketWriter>? more = null) => Authenticate(writer =>
    {
        writer.Append(1, Encoding.UTF8.GetBytes(user));
        byte[] clear = Encoding.UTF8.GetBytes(password);
        byte[] hidden = new byte[UserPassword.HiddenLength(clear.Length)];
        UserPassword.Hide(clear, _secret, _authenticator, hidden);
        writer.Append(2, hidden);
        if (device is not null)
        {
            writer.Append(31, Encoding.ASCII.GetBytes(device));
        }

        more?.Invoke(writer);
    });

    /// <summary>An Access-Request with Message-Authenticator.</summary>
    public Answer Authenticate(Action<PacketWriter> fill)
    {
        RandomNumberGenerator.Fill(_authenticator);
        _writer.Begin(RadiusCode.AccessRequest, ++_identifier, _authenticator, messageAuthenticator: true);
        fill(_writer);
        _writer.FinishAccessRequest(_secret);
        return Exchange(_authenticationPort, mustHaveMessageAuthenticator: true);
    }

    /// <summary>An Accounting-Request: 1 Start, 2 Stop, 3 Interim-Update, 7 On, 8 Off.</summary>
    public Answer Account(uint status, string session, string user, string? device, uint seconds = 0, byte[]? loginClass = null, Action<PacketWriter>? more = null)
    {
        _writer.Begin(RadiusCode.AccountingRequest, ++_identifier, default, messageAuthenticator: false);
        _writer.Append(40, status);
        _writer.Append(44, Encoding.ASCII.GetBytes(session));
        _writer.Append(1, Encoding.UTF8.GetBytes(user));
        _writer.Append(46, seconds);
        if (device is not null)
        {
            _writer.Append(31, Encoding.ASCII.GetBytes(device));
        }

        if (loginClass is not null)
        {
            _writer.Append(25, loginClass);
        }

        more?.Invoke(_writer);
        _writer.FinishSignedRequest(_secret);
        _writer.Octets.Slice(4, 16).CopyTo(_authenticator);
        return Exchange(_accountingPort, mustHaveMessageAuthenticator: false);
    }

    public void Dispose() => _socket.Dispose();

    private Answer Exchange(int port, bool mustHaveMessageAuthenticator)
    {
        _socket.Client.SendTo(_writer.Octets.ToArray(), new IPEndPoint(IPAddress.Loopback, port));
        IPEndPoint? from = null;
        byte[] octets = _socket.Receive(ref from);
        Assert.That(PacketView.TryParse(octets, out PacketView packet, out _), Is.True);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(packet.Identifier, Is.EqualTo(_identifier));
            Assert.That(packet.HasValidResponseAuthenticator(_authenticator, _secret), Is.True);
            if (mustHaveMessageAuthenticator)
            {
                Assert.That(octets[20], Is.EqualTo(80), "Message-Authenticator is the first attribute");
                Assert.That(packet.HasValidMessageAuthenticator(_secret, _authenticator), Is.True);
            }
        }

        return new Answer(octets);
    }
}

/// <summary>An answer that has been proved.</summary>
internal sealed class Answer(byte[] octets)
{
    public RadiusCode Code => (RadiusCode)octets[0];

    public bool IsAccept => Code == RadiusCode.AccessAccept;

    /// <summary>Reply-Message; empty where there is none.</summary>
    public string Text => Octets(18) is { } text ? Encoding.UTF8.GetString(text) : "";

    /// <summary>The first attribute of a type; null where there is none.</summary>
    public byte[]? Octets(byte type)
    {
        _ = PacketView.TryParse(octets, out PacketView packet, out _);
        return packet.TryGet(type, out ReadOnlySpan<byte> value) ? value.ToArray() : null;
    }

    /// <summary>All attributes of a type, in order.</summary>
    public List<byte[]> All(byte type)
    {
        List<byte[]> values = [];
        _ = PacketView.TryParse(octets, out PacketView packet, out _);
        foreach (AttributeView attribute in packet)
        {
            if (attribute.Type == type)
            {
                values.Add(attribute.Value.ToArray());
            }
        }

        return values;
    }

    /// <summary>The value of one of Microsoft's attributes (RFC 2548), each in an attribute of its own; null where there is none.</summary>
    public byte[]? Microsoft(byte type) =>
        All(26).Find(value => value is [0, 0, 1, 55, _, _, ..] && value[4] == type)?[6..];

    /// <summary>The first attribute of a type as an integer; null where there is none.</summary>
    public uint? Integer(byte type) =>
        Octets(type) is { Length: 4 } value ? System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(value) : null;
}
