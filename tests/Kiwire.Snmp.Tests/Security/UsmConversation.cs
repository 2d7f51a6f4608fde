using Kiwire.Snmp.Messages;

namespace Kiwire.Snmp.Tests.Security;

/// <summary>One request's way through a message model, step by step.</summary>
internal sealed class UsmConversation(SnmpTarget target, TimeProvider time, PduType type = PduType.GetRequest, int id = 4711)
{
    public static readonly ObjectId SysName = ObjectId.Parse("1.3.6.1.2.1.1.5.0");

    private object? _state;

    /// <summary>What is sent now.</summary>
    public byte[] Send()
    {
        byte[] buffer = [];
        PduRequest request = type == PduType.SetRequest
            ? new PduRequest { Type = type, Bindings = new VariableBinding[] { new(SysName, SnmpValue.OctetString("new")) } }
            : new PduRequest { Type = type, Ids = new[] { SysName } };
        int length = target.Credentials.Model.Wrap(target, request, id, time, ref _state, ref buffer);
        return buffer[..length];
    }

    /// <summary>What becomes of a message that comes.</summary>
    public Judged Receive(byte[] message)
    {
        UnwrappedMessage unwrapped = target.Credentials.Model.Unwrap(target, message, id, time, ref _state);
        VariableBinding[] bindings = [];
        _ = unwrapped.Verdict == MessageVerdict.Answer && BindingReader.TryRead(unwrapped.Pdu.Bindings, [], out bindings, out _);
        return new Judged(unwrapped.Verdict, unwrapped.Fault, bindings is [{ Value.Type: SnmpType.OctetString }] ? bindings[0].Value.AsText : null);
    }

    /// <summary>What becomes of it that the time for an answer is up.</summary>
    public Judged Expire(bool last = false)
    {
        UnwrappedMessage expired = target.Credentials.Model.Expired(target, ref _state, last);
        return new Judged(expired.Verdict, expired.Fault, null);
    }
}

/// <summary>A verdict, with the fault or the answer.</summary>
internal sealed record Judged(MessageVerdict Verdict, SnmpFault Fault, string? Answer)
{
    public static readonly Judged Ignored = new(MessageVerdict.Ignored, SnmpFault.None, null);
    public static readonly Judged SendAgain = new(MessageVerdict.SendAgain, SnmpFault.None, null);

    public static Judged Failed(SnmpFault fault) => new(MessageVerdict.Failed, fault, null);

    public static Judged Answered(string text) => new(MessageVerdict.Answer, SnmpFault.None, text);
}
