using System.Formats.Asn1;
using System.Text;
using Kiwire.Snmp.Ber;
using Kiwire.Snmp.Messages;
using Kiwire.Snmp.Security;

namespace Kiwire.Snmp.Tests.Security;

/// <summary>An agent's engine that takes and makes messages without a network, honest or not.</summary>
internal sealed class FakeEngine(UsmCredentials credentials, string engineId = "80001f8880aabbccdd00")
{
    private readonly byte[] _id = Convert.FromHexString(engineId);
    private readonly UserKeys _keys = new(
        credentials.AuthenticationProtocol, credentials.PrivacyProtocol,
        PasswordKeyCache.Get(credentials.AuthenticationProtocol, credentials.AuthenticationPassword),
        PasswordKeyCache.Get(credentials.AuthenticationProtocol, credentials.PrivacyPassword),
        Convert.FromHexString(engineId));

    public int Boots { get; set; } = 7;

    public int Seconds { get; set; } = 1000;

    /// <summary>What a request says of itself.</summary>
    public static Heard Hear(ReadOnlySpan<byte> request)
    {
        Assert.That(V3Message.TryParse(request, out V3Message message, out string fault), Is.True, fault);
        return new Heard(
            message.Id, message.Flags, Convert.ToHexStringLower(message.EngineId), message.Boots, message.Seconds, Encoding.UTF8.GetString(message.User));
    }

    /// <summary>Whether the request is the user's on this engine.</summary>
    public bool IsGenuine(ReadOnlySpan<byte> request) => V3Message.TryParse(request, out V3Message message, out _) && _keys.Verify(message);

    /// <summary>The PDU in a request: its type, its context, its first object.</summary>
    public (PduType Type, string Context, ObjectId? First) Read(ReadOnlySpan<byte> request)
    {
        _ = V3Message.TryParse(request, out V3Message message, out _);
        ReadOnlySpan<byte> octets = message.IsPrivate && _keys.TryDecrypt(message, out byte[]? plain) ? plain : message.Data;
        Assert.That(ScopedPdu.TryParse(octets, out ScopedPdu scoped) & PduView.TryParse(scoped.Pdu, out PduView pdu, out _), Is.True);
        _ = BindingReader.TryRead(pdu.Bindings, [], out VariableBinding[] bindings, out _);
        return (pdu.Type, Encoding.UTF8.GetString(scoped.ContextName), bindings.Length == 0 ? null : bindings[0].Id);
    }

    /// <summary>An answer with one object, at the user's level or another.</summary>
    public byte[] Answer(ReadOnlySpan<byte> request, ObjectId id, string text, UsmFlags? level = null) =>
        Write(Hear(request).Id, level ?? _keys.Level, PduType.Response, id, SnmpValue.OctetString(text));

    /// <summary>A report, without authentication unless asked for.</summary>
    public byte[] Report(ReadOnlySpan<byte> request, ObjectId counter, UsmFlags level = UsmFlags.None) =>
        Write(Hear(request).Id, level, PduType.Report, counter, SnmpValue.Counter32(1));

    private byte[] Write(int messageId, UsmFlags level, PduType type, ObjectId id, SnmpValue value)
    {
        BerWriter writer = BerWriter.Begin();
        ScopedPdu.Begin(writer.Asn, _id, []);
        Asn1Tag tag = new(TagClass.ContextSpecific, (int)type & 0x1F, isConstructed: true);
        using (writer.Asn.PushSequence(tag))
        {
            writer.Asn.WriteInteger(messageId);
            writer.Asn.WriteInteger(0);
            writer.Asn.WriteInteger(0);
            using (writer.Asn.PushSequence())
            using (writer.Asn.PushSequence())
            {
                writer.WriteObjectId(id);
                writer.WriteValue(value);
            }
        }

        ScopedPdu.End(writer.Asn);
        byte[] scoped = writer.Asn.Encode();
        byte[] buffer = [];
        V3Header header = new()
        {
            Id = messageId, Flags = level, EngineId = _id, Boots = Boots, Seconds = Seconds, User = Encoding.UTF8.GetBytes(credentials.User),
        };
        int length = V3MessageWriter.Write(header, _keys, scoped, ref buffer);
        return buffer[..length];
    }
}

/// <summary>What a message's header says.</summary>
internal sealed record Heard(int Id, UsmFlags Flags, string EngineId, int Boots, int Seconds, string User)
{
    /// <summary>Whether it asks who the engine is.</summary>
    public bool IsProbe => EngineId.Length == 0;
}
