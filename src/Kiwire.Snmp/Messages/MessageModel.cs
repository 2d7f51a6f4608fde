namespace Kiwire.Snmp.Messages;

/// <summary>
/// A message processing model (RFC 3411, 3.1.2): puts a PDU into a message for a target, and takes it out of one. What it learns of a
/// target it keeps in <see cref="SnmpTarget.ModelState"/>. A model that must ask the target something first writes that instead of the
/// PDU, and answers what comes back to it with <see cref="MessageVerdict.SendAgain"/>: then it is asked to write again.
/// </summary>
internal abstract class MessageModel
{
    /// <summary>Which version its messages say.</summary>
    public abstract SnmpVersion Version { get; }

    /// <summary>Writes the whole message, each time that it is sent.</summary>
    /// <param name="target">Whom it is for.</param>
    /// <param name="request">The PDU.</param>
    /// <param name="id">The request-id, and the msgID where there is one.</param>
    /// <param name="time">The clock.</param>
    /// <param name="exchange">What the model keeps of this request while it is under way; null at first.</param>
    /// <param name="buffer">Where to; made larger where it must be.</param>
    /// <returns>How many octets it is.</returns>
    public abstract int Wrap(SnmpTarget target, in PduRequest request, int id, TimeProvider time, ref object? exchange, ref byte[] buffer);

    /// <summary>Judges a message that came from the target under the id of a request under way.</summary>
    /// <param name="target">Whom it is from.</param>
    /// <param name="message">The message; it may be decrypted in place.</param>
    /// <param name="id">The request-id, and the msgID where there is one.</param>
    /// <param name="time">The clock.</param>
    /// <param name="exchange">What the model keeps of this request while it is under way.</param>
    public abstract UnwrappedMessage Unwrap(SnmpTarget target, Span<byte> message, int id, TimeProvider time, ref object? exchange);

    /// <summary>Says what to make of it that the time for an answer is up.</summary>
    /// <param name="target">Whose answer did not come.</param>
    /// <param name="exchange">What the model keeps of this request while it is under way.</param>
    /// <param name="last">Whether it would be sent no more.</param>
    /// <returns>Ignored: go on, or give up, as usual.</returns>
    public virtual UnwrappedMessage Expired(SnmpTarget target, ref object? exchange, bool last) => UnwrappedMessage.Ignored;
}
