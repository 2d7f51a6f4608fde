using Kiwire.Radius.Attributes;
using Kiwire.Radius.Dictionaries;
using Kiwire.Radius.Packets;
using Kiwire.Server.Network;

namespace Kiwire.Server.DynamicAuthorization;

/// <summary>A CoA- or Disconnect-Request, but for what is only known when it leaves: identifier, Event-Timestamp and signatures.</summary>
internal sealed class CoaRequest
{
    private readonly byte[] _attributes;

    private CoaRequest(NasDestination to, RadiusCode code, byte[] attributes)
    {
        To = to;
        Code = code;
        _attributes = attributes;
    }

    public NasDestination To { get; }

    public RadiusCode Code { get; }

    /// <summary>Whether it gets an Event-Timestamp when it leaves.</summary>
    public bool EventTimestamp { get; init; } = true;

    /// <summary>Whether it gets a Message-Authenticator when it leaves.</summary>
    public bool MessageAuthenticator { get; init; } = true;

    /// <summary>
    /// Makes one: what names the NAS, what names the session, and what else it is to carry. A Disconnect-Request carries nothing else
    /// (RFC 5176, 3). Null: it does not fit in a packet.
    /// </summary>
    public static CoaRequest? Make(
        NasDestination to, RadiusCode code, SessionIdentity session, IReadOnlyList<SessionAttribute> identity, Action<PacketWriter>? more = null)
    {
        PacketWriter writer = new();
        writer.Begin(code, 0, default, messageAuthenticator: false);
        to.AppendIdentification(writer, session);
        session.AppendTo(writer, identity, to.Form);
        more?.Invoke(writer);

        // Room for Message-Authenticator and Event-Timestamp, which come to it yet.
        return writer.Overflowed || writer.Length > PacketView.MaximumLength - 24
            ? null
            : new CoaRequest(to, code, writer.Octets[PacketView.HeaderLength..].ToArray())
            {
                EventTimestamp = to.Form.EventTimestamp,
                MessageAuthenticator = to.Form.MessageAuthenticator,
            };
    }

    /// <summary>The same with other proofs of age and origin.</summary>
    public CoaRequest With(bool eventTimestamp, bool messageAuthenticator) =>
        new(To, Code, _attributes) { EventTimestamp = eventTimestamp, MessageAuthenticator = messageAuthenticator };

    /// <summary>Appends its attributes.</summary>
    public void AppendTo(PacketWriter writer, DateTimeOffset now)
    {
        for (ReadOnlySpan<byte> left = _attributes; left.Length > 0; left = left[left[1]..])
        {
            writer.Append(left[0], left[2..left[1]]);
        }

        if (EventTimestamp)
        {
            writer.Append(Rfc2869.EventTimestamp, now);
        }
    }

    /// <summary>Its attributes as text, a line each, without secrets.</summary>
    public string Describe(DateTimeOffset now)
    {
        PacketWriter writer = new();
        writer.Begin(Code, 0, default, messageAuthenticator: false);
        AppendTo(writer, now);
        byte[] octets = writer.Octets.ToArray();
        System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(octets.AsSpan(2), (ushort)octets.Length);
        return PacketView.TryParse(octets, out PacketView packet, out _)
            ? string.Join('\n', RadiusDictionary.BuiltIn.Describe(packet).Split("\n    ").Skip(1))
            : "";
    }
}
